package io.framegate.settings;

import static io.framegate.settings.DeliverSettings.ofTarget;
import static io.framegate.settings.TargetKind.withLogin;

import java.util.List;
import java.util.Map;

/** Properties of targets that receive each image in an HTTP request. */
final class HttpTargets {

    private HttpTargets() {}

    static TargetKind http() {
        return new TargetKind(
                "http",
                withLogin(
                        "",
                        ofTarget(
                                "url",
                                Types.template(Type.Needs.HTTP_ADDRESS).asSecret(),
                                "http://127.0.0.1:8000/images",
                                "The address; any `2xx` counts as delivered, redirects are not followed. Its path may"
                                        + " contain headers that are safe in names (`${header.FramegateCameraName}`,"
                                        + " `FramegateFileName`, `FramegateStoredPath`, dates, ...), its query any"
                                        + " header; the host is plain text."),
                        ofTarget("method", Types.choice(List.of("POST", "PUT", "PATCH")), "POST", "The method."),
                        ofTarget(
                                "body",
                                Types.choice(List.of("raw", "multipart")),
                                "raw",
                                "`multipart`: a form with the document as part `event` and the image as part `image`."),
                        ofTarget(
                                "headers",
                                Types.template(Type.Needs.HTTP_HEADERS).asSecret(),
                                "",
                                "More headers: `X-Camera=${header.FramegateCameraName}, Authorization=Bearer"
                                        + " {{env:TOKEN}}`; never in the log."),
                        DeliverSettings.CLOUD_EVENTS_OF_TARGET));
    }

    static TargetKind s3() {
        return new TargetKind(
                "s3",
                List.of(
                        ofTarget("endpoint", Types.httpAddressOrNone(), "", "The address of a server other than AWS."),
                        ofTarget("region", Types.given(), "us-east-1", "The region."),
                        ofTarget("bucket", Types.given(), "framegate-images", "The bucket."),
                        ofTarget(
                                "path-style",
                                Types.flag(),
                                "false",
                                "Addresses the bucket in the path, as MinIO and others require."),
                        ofTarget(
                                "access-key",
                                Types.secret(),
                                "",
                                "The access key; empty: the default credentials of the AWS SDK."),
                        ofTarget("secret-key", Types.secret(), "", "The secret key."),
                        FileTargets.NAME,
                        ofTarget(
                                "tags",
                                Types.template(Type.Needs.S3_TAGS),
                                "",
                                "`camera=${header.FramegateCameraName}, keep=30 days`: at most 10; characters that S3"
                                        + " does not permit in a value become `_`.")),
                Map.of("concurrency", "4"),
                (values, target) -> {});
    }
}
