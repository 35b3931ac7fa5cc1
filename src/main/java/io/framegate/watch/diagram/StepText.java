package io.framegate.watch.diagram;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ConvertBodyDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.MarshalDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RemovePropertyDefinition;
import org.apache.camel.model.RemoveVariableDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.UnmarshalDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * The text of a step as it is written in the file: with unresolved placeholders, whose values may be passwords, and
 * with masked literals that look like secrets. Camel's own labels show resolved expressions. Stateless.
 */
final class StepText {

    private static final String HIDDEN = "xxxxxx";

    /** A placeholder is no secret and stays. */
    private static final Pattern QUERY_VALUE = Pattern.compile("([?&][^=&]*=)(?!\\{\\{)[^&]*");

    private static final Pattern CHOSEN = Pattern.compile("\\{\\{([\\w-]+)\\{\\{([\\w.-]+)}}}}");

    private StepText() {}

    /** Returns the text of a step; empty if its kind needs none or is unknown here. */
    static String of(CamelContext context, NamedNode step) {
        String name = name(step);
        String expression = step instanceof HasExpressionType has ? expression(has.getExpressionType()) : "";
        if (name == null) {
            return uri(expression.isEmpty() ? filled(context, step, plain(step)) : expression);
        }
        return name
                + (expression.isEmpty() ? "" : " = " + (isSecret(name) ? HIDDEN : URISupport.sanitizeUri(expression)));
    }

    /**
     * Returns an endpoint URI as it is written. The query values of a web address are masked: they may be a signature.
     */
    static String uri(@Nullable String uri) {
        String written = text(uri);
        return URISupport.sanitizeUri(
                written.matches("(?s)https?:.*") ? QUERY_VALUE.matcher(written).replaceAll("$1" + HIDDEN) : written);
    }

    /** The text with the parameters of the template that the step's route was made from. Other placeholders stay. */
    static String filled(CamelContext context, NamedNode step, @Nullable String text) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        String filled = text(text);
        if (route != null && route.getTemplateParameters() != null) {
            for (Map.Entry<String, Object> parameter :
                    route.getTemplateParameters().entrySet()) {
                filled = filled.replace("{{" + parameter.getKey() + "}}", String.valueOf(parameter.getValue()));
            }
            filled = CHOSEN.matcher(filled)
                    .replaceAll(choice -> Matcher.quoteReplacement(chosen(context, route, choice)));
        }
        return filled;
    }

    /** The parameter that a property chooses: {@code {{scheme-{{framegate.deliver.ftp.tls}}}}} is {@code ftp}. */
    private static String chosen(CamelContext context, RouteDefinition route, MatchResult choice) {
        String property = context.getPropertiesComponent()
                .resolveProperty(choice.group(2))
                .orElse("");
        Object parameter = route.getTemplateParameters().get(choice.group(1) + property);
        return parameter == null ? choice.group() : parameter.toString();
    }

    /** Returns the simple names of classes. */
    static String classes(List<String> names) {
        return names.stream()
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.joining(", "));
    }

    /** The name of the header, property or variable that a step sets or removes. */
    private static @Nullable String name(NamedNode step) {
        if (step instanceof SetHeaderDefinition set) {
            return set.getName();
        } else if (step instanceof SetVariableDefinition set) {
            return set.getName();
        } else if (step instanceof SetPropertyDefinition set) {
            return set.getName();
        } else if (step instanceof RemoveHeaderDefinition remove) {
            return remove.getName();
        } else if (step instanceof RemoveHeadersDefinition remove) {
            return remove.getPattern();
        } else if (step instanceof RemoveVariableDefinition remove) {
            return remove.getName();
        } else if (step instanceof RemovePropertyDefinition remove) {
            return remove.getName();
        }
        return null;
    }

    private static String expression(@Nullable ExpressionDefinition expression) {
        if (expression == null) {
            return "";
        }
        if (expression instanceof MethodCallExpression call) {
            String bean = call.getRef() != null ? call.getRef() : classes(List.of(text(call.getBeanTypeName())));
            return call.getMethod() == null ? bean : bean + "." + call.getMethod();
        }
        String text = text(expression.getExpression());
        return switch (text(expression.getLanguage())) {
            case "simple", "constant" -> text;
            default -> expression.getLanguage() + ": " + text;
        };
    }

    private static @Nullable String plain(NamedNode step) {
        if (step instanceof ProcessDefinition process) {
            return process.getRef();
        } else if (step instanceof EndpointRequiredDefinition endpoint) {
            return endpoint.getEndpointUri();
        } else if (step instanceof ToDynamicDefinition to) {
            return to.getUri();
        } else if (step instanceof BeanDefinition bean) {
            String of = bean.getRef() != null ? bean.getRef() : classes(List.of(text(bean.getBeanType())));
            return bean.getMethod() == null ? of : of + "." + bean.getMethod();
        } else if (step instanceof CatchDefinition caught) {
            return classes(caught.getExceptions());
        } else if (step instanceof UnmarshalDefinition unmarshal) {
            return format(unmarshal.getDataFormatType());
        } else if (step instanceof MarshalDefinition marshal) {
            return format(marshal.getDataFormatType());
        } else if (step instanceof LogDefinition log) {
            return log.getMessage();
        } else if (step instanceof ConvertBodyDefinition convert) {
            return convert.getType();
        } else if (step instanceof KameletDefinition kamelet) {
            return kamelet.getName();
        } else if (step instanceof ThrowExceptionDefinition thrown) {
            return classes(List.of(text(thrown.getExceptionType())));
        }
        return null;
    }

    private static @Nullable String format(@Nullable DataFormatDefinition format) {
        return format == null ? null : format.getDataFormatName();
    }

    /** Returns whether a name indicates that its value is a secret. */
    private static boolean isSecret(String name) {
        String last = name.toLowerCase(Locale.ROOT);
        return SensitiveUtils.containsSensitive(name)
                || last.endsWith("authorization")
                || last.endsWith("token")
                || last.endsWith("api-key")
                || last.endsWith("cookie");
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
