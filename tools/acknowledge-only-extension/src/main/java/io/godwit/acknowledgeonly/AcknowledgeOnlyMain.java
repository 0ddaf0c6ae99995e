package io.godwit.acknowledgeonly;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;

/** Lets everybody in who says a name, acknowledges every publish, delivers none. For benchmarks on 127.0.0.1 and for nothing else. */
public final class AcknowledgeOnlyMain implements ExtensionMain {
    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        SimpleAuthenticator named = (connect, decision) -> {
            if (connect.getConnectPacket().getUserName().isPresent()) {
                decision.authenticateSuccessfully();
            } else {
                decision.failAuthentication();
            }
        };
        Services.securityRegistry().setAuthenticatorProvider(provider -> named);
        PublishInboundInterceptor acknowledge =
                (publish, decision) -> decision.preventPublishDelivery(AckReasonCode.SUCCESS);
        Services.initializerRegistry()
                .setClientInitializer((initializer, client) -> client.addPublishInboundInterceptor(acknowledge));
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        // holds nothing
    }
}
