package io.framegate;

import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.impl.engine.PrototypeProcessorExchangeFactory;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Limits {@code camel.main.exchange-factory=pooled} to consumers: the copies that EIPs make of exchanges are not
 * pooled. A copy that returns to the pool (Camel 4.18) clears the completions of its original, so packets of cameras
 * would wait forever.
 */
final class UnpooledCopies extends MainListenerSupport {

    @Override
    public void afterConfigure(BaseMainSupport main) {
        ExtendedCamelContext camel = main.getCamelContext().getCamelContextExtension();
        if (camel.getProcessorExchangeFactory().isPooled()) {
            camel.setProcessorExchangeFactory(new PrototypeProcessorExchangeFactory());
        }
    }
}
