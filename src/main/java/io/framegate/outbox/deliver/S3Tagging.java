package io.framegate.outbox.deliver;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Puts an object's tags where they belong, in the same request. Camel's endpoint (4.18) has no header for them but for an
 * operation of its own, so they come as an entry of the metadata.
 */
final class S3Tagging implements ExecutionInterceptor {

    /** The entry. */
    static final String IN_METADATA = "framegate-tagging";

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (context.request() instanceof PutObjectRequest put && put.metadata().containsKey(IN_METADATA)) {
            Map<String, String> metadata = new TreeMap<>(put.metadata());
            String tagging = metadata.remove(IN_METADATA);
            return put.toBuilder().metadata(metadata).tagging(tagging).build();
        }
        return context.request();
    }
}
