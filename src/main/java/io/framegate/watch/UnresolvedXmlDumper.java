package io.framegate.watch;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.xml.LwModelToXMLDumper;

/** Dumps routes as XML with unresolved placeholders, even if the caller asks for their values: some are passwords. */
public final class UnresolvedXmlDumper extends LwModelToXMLDumper {

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
