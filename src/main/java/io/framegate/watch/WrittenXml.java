package io.framegate.watch;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.xml.LwModelToXMLDumper;

/** Shows a route in XML as it is written, with its placeholders, whoever wants their values: some are passwords. */
public final class WrittenXml extends LwModelToXMLDumper {

    @Override
    public String dumpModelAsXml(
            CamelContext context,
            NamedNode node,
            boolean resolvePlaceholders,
            boolean generatedIds,
            boolean sourceLocation)
            throws Exception {
        return super.dumpModelAsXml(context, node, false, generatedIds, sourceLocation);
    }
}
