package io.framegate.tool.send;

import io.framegate.image.ImageTransform;
import java.io.IOException;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avfilter;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Reads pictures that FFmpeg's filters generate: {@code testsrc=size=640x480:rate=25}. It stands in for a webcam: the
 * source is live, but provides pictures as fast as they are read.
 *
 * <p>FFmpeg's {@code lavfi} device does the same, but is in the library that needs the sound system and the screen.
 */
final class FfmpegFilter implements PictureSource {

    private static final String SINK = "buffersink@frames";

    private final AVFilterGraph graph = avfilter.avfilter_graph_alloc();
    private final AVFrame frame = avutil.av_frame_alloc();
    private final AVFilterContext sink;
    private final ImageTransform transform = new ImageTransform();

    FfmpegFilter(String filter, FrameSize size, int quality) throws IOException {
        transform.setQuality(quality / 100f);
        String scale = size.isOriginal() ? "" : "scale=" + size.width() + ":" + size.height() + ":flags=area,";
        // The parser returns unconnected pads here, which must be freed. A source that ends in the sink leaves none.
        AVFilterInOut inputs = new AVFilterInOut(null);
        AVFilterInOut outputs = new AVFilterInOut(null);
        String all = filter + "," + scale + "format=bgr24," + SINK;
        int result = avfilter.avfilter_graph_parse_ptr(graph, all, inputs, outputs, null);
        if (result >= 0 && inputs.isNull() && outputs.isNull()) {
            result = avfilter.avfilter_graph_config(graph, null);
        } else {
            result = -1;
        }
        AVFilterContext found = result < 0 ? null : avfilter.avfilter_graph_get_filter(graph, SINK);
        avfilter.avfilter_inout_free(inputs);
        avfilter.avfilter_inout_free(outputs);
        if (found == null) {
            close();
            throw new IOException(
                    "source: lavfi:" + filter + " (expected: a filter of FFmpeg that makes pictures, as testsrc)");
        }
        sink = found;
    }

    @Override
    public byte @Nullable [] next() throws IOException {
        int result = avfilter.av_buffersink_get_frame(sink, frame);
        if (result == avutil.AVERROR_EOF()) {
            return null;
        }
        if (result < 0) {
            throw new IOException("source: FFmpeg's filter failed with " + result);
        }
        int stride = frame.linesize(0);
        int height = frame.height();
        byte[] image = transform.jpeg(BgrPicture.of(
                frame.data(0).capacity((long) stride * height).asByteBuffer(), frame.width(), height, stride));
        avutil.av_frame_unref(frame);
        return image;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void close() {
        avutil.av_frame_free(frame);
        avfilter.avfilter_graph_free(graph);
    }
}
