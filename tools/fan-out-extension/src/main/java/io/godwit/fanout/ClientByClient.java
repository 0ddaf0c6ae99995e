package io.godwit.fanout;

import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.intializer.ClientInitializer;
import com.hivemq.extension.sdk.api.services.publish.Publish;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** A publish for each client, marked with its addressee; the mark is checked and taken off at the last moment. */
final class ClientByClient implements ClientInitializer {
    private static final String ADDRESSEE = "addressee";
    private static final int IN_FLIGHT = 2000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread loop = new Thread(work, "loop");
        loop.setDaemon(true);
        return loop;
    });
    private final Semaphore room = new Semaphore(IN_FLIGHT);

    @Override
    public void initialize(InitializerInput input, ClientContext context) {
        String clientId = input.getClientInformation().getClientId();
        if (clientId.equals(Order.TRIGGER)) {
            context.addPublishInboundInterceptor((publish, decision) -> {
                Order order = Order.of(publish.getPublishPacket());
                decision.preventPublishDelivery();
                thread.execute(() -> deliver(order));
            });
        } else {
            context.addPublishOutboundInterceptor(guard(clientId));
        }
    }

    private static PublishOutboundInterceptor guard(String clientId) {
        return (publish, decision) -> {
            if (publish.getPublishPacket()
                    .getUserProperties()
                    .getFirst(ADDRESSEE)
                    .filter(clientId::equals)
                    .isPresent()) {
                decision.getPublishPacket().getUserProperties().removeName(ADDRESSEE);
            } else {
                decision.preventPublishDelivery();
            }
        };
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A message that does not arrive shows at its client.
    private void deliver(Order order) {
        for (int member = 0; member < order.members(); member++) {
            String clientId = Order.member(member);
            Publish publish = order.publish(Order.TO_EUICC)
                    .userProperty(ADDRESSEE, clientId)
                    .build();
            room.acquireUninterruptibly();
            Services.publishService().publishToClient(publish, clientId).whenComplete((done, fault) -> room.release());
        }
    }
}
