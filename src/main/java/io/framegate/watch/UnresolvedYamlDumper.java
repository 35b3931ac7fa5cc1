package io.framegate.watch;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.yaml.LwModelToYAMLDumper;

/** Dumps routes as YAML with unresolved placeholders, even if the caller asks for their values: some are passwords. */
public final class UnresolvedYamlDumper extends LwModelToYAMLDumper {

    @Override
    public String dumpModelAsYaml(
            CamelContext context,
            NamedNode node,
            boolean resolvePlaceholders,
            boolean uriAsParameters,
            boolean generatedIds,
            boolean sourceLocation)
            throws Exception {
        return super.dumpModelAsYaml(context, node, false, uriAsParameters, generatedIds, sourceLocation);
    }
}
