package example;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class Images extends RouteBuilder {

    @Override
    public void configure() {
        from("camera:127.0.0.1:{{camera.port}}?split=true")
                .to("store:images?numbers=#imageCounter&fileName=${header.FramegateCameraName}.${header.FramegateExtension}")
                .to("jms:queue:framegate.images");
    }

    public static void main(String[] arguments) throws Exception {
        new Main(Images.class).run(arguments);
    }
}
