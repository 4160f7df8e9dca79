package io.drawdown.usage.gate;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * What cannot be sent ends the thread, and its successor begins at what was committed. Kafka Streams' own handler has some of
 * it tried again for one task and goes on with the others, of which one may have a record in hand that it then takes for handled.
 */
public final class NothingIsGivenUp implements ProductionExceptionHandler {

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        return Response.fail();
    }

    @Override
    public void configure(Map<String, ?> configs) {}
}
