package io.framegate.outbox.deliver;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Moves an object's tags from an entry of the metadata to the request's tagging. Camel's endpoint (4.18) has a header
 * for tags only in a separate operation.
 */
final class S3Tagging implements ExecutionInterceptor {

    /** The name of the entry. */
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
