package io.framegate.outbox.deliver;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The address at which readers find an image, as a URI: {@code framegate.deliver.reference} if that property is set,
 * else the object of the target {@code s3} if that target is on and gets images. Otherwise there is no address: the
 * path on the gateway's disk is useless to other machines. Thread-safe.
 */
final class ImageAddress {

    private static final String S3 = "framegate.deliver.s3.";
    private static final String IN_A_URI = "-._~:/?#[]@!$&'()*+,;=%";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final @Nullable Template reference;
    private volatile @Nullable NameExpression key;

    /** Makes addresses from this reference, a text with simple expressions. */
    ImageAddress(String reference) {
        this.reference = reference.equals(Payload.STORED_PATH) ? null : Template.parse(reference);
    }

    Optional<String> of(Exchange exchange) {
        if (reference != null) {
            return Optional.of(uri(reference.text(exchange, text -> text)));
        }
        CamelContext context = exchange.getContext();
        if (!property(context, "enabled").equals("true")
                || !property(context, "payload").equals("image")) {
            return Optional.empty();
        }
        NameExpression known = key;
        if (known == null) {
            known = new NameExpression(property(context, "name"));
            key = known;
        }
        return Optional.of("s3://" + property(context, "bucket") + "/" + known.path(exchange));
    }

    private static String property(CamelContext context, String name) {
        return context.resolvePropertyPlaceholders("{{" + S3 + name + ":}}");
    }

    /** Percent-encodes the characters that no URI may contain. */
    private static String uri(String text) {
        StringBuilder uri = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || IN_A_URI.indexOf(c) >= 0);
            uri.append(plain ? String.valueOf(c) : "%" + HEX.toHexDigits(b));
        }
        return uri.toString();
    }
}
