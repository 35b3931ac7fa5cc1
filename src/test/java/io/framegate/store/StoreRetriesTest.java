package io.framegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.framegate.intake.InFlight;
import io.framegate.store.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreRetriesTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);
    private final StoreRetries retries = new StoreRetries();
    private DiskSpace disk = new DiskSpace(new InFlight(1), "0", List.of(Path.of(".")));

    @BeforeEach
    void prepare(@TempDir Path directory) {
        disk = new DiskSpace(new InFlight(1), "0", List.of(directory));
        retries.setRetries(2);
        retries.setDisk(disk);
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
        context.close();
    }

    private boolean againAfter(String failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IOException(failure));
        return retries.matches(exchange);
    }

    @Test
    void aFailureIsTriedAgainAsOftenAsThePropertySays() {
        assertThat(againAfter("gone")).isTrue();
        assertThat(againAfter("gone")).isTrue();
        assertThat(againAfter("gone")).isFalse();
    }

    @Test
    void anImageThatIsGivenUpIsAProblemOfTheStorage() {
        try (StorageWatch watch = new StorageWatch()) {
            retries.setWatch(watch);
            retries.setRetries(1);
            assertThat(againAfter("gone")).isTrue();
            assertThat(watch.problem()).isNull();
            assertThat(againAfter("gone")).isFalse();
            assertThat(watch.problem()).contains("gone");
        }
    }

    @Test
    void aFullDiskIsTriedAgainWithoutEndAndCountsForNothing() {
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(againAfter("No space left on device")).isTrue();
            assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(1000L);
        }
        assertThat(againAfter("gone")).isTrue();
        assertThat(exchange.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isNull();
        assertThat(againAfter("gone")).isTrue();
        assertThat(againAfter("gone")).isFalse();
    }

    /** The consumer of a broker must ask for records now and then, or others take its partitions over. */
    @Test
    void aFullDiskIsTriedAgainForNoLongerThanTheExchangeAllows() {
        exchange.setProperty("FramegateStorePatience", 60_000L);
        assertThat(againAfter("No space left on device")).isTrue();
        exchange.setProperty("FramegateStorePatience", 0L);
        assertThat(againAfter("No space left on device")).isFalse();
    }

    @Test
    void whatWasNotForcedUnderItsNameIsNotTriedAgainAlsoOnAFullDisk() {
        exchange.setProperty(
                Exchange.EXCEPTION_CAUGHT, new NotForcedException(new IOException("No space left on device")));
        assertThat(retries.matches(exchange)).isFalse();
    }
}
