package io.framegate.watch;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.yaml.LwModelToYAMLDumper;

/** Shows a route in YAML as it is written, with its placeholders, whoever wants their values: some are passwords. */
public final class WrittenYaml extends LwModelToYAMLDumper {

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
