package org.certcollect.admin.transfer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.certcollect.store.domain.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failure in one of the threads reaches the caller that waits for a result. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipelineTest {
  @Test
  void errorInTheReadingThreadIsHandedOn() {
    OutOfMemoryError failure = new OutOfMemoryError();
    assertThatThrownBy(
            () ->
                first(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void failureInAWorkerStaysWhatItIs() {
    StoreUnavailableException failure = new StoreUnavailableException("away");
    assertThatThrownBy(() -> first(() -> Optional.of(new Failing(failure)))).isSameAs(failure);
  }

  private static void first(Supplier<Optional<RecordSource.Chunk>> chunks) throws IOException {
    try (Pipeline pipeline = new Pipeline(new Chunks(chunks), 1, 1)) {
      pipeline.next();
    }
  }

  private record Chunks(Supplier<Optional<RecordSource.Chunk>> chunks) implements RecordSource {
    @Override
    public Optional<RecordSource.Chunk> next() {
      return chunks.get();
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }
  }

  private record Failing(RuntimeException failure) implements RecordSource.Chunk {
    @Override
    public long position() {
      return 0;
    }

    @Override
    public void read() {}

    @Override
    public List<Item> check() {
      throw failure;
    }
  }
}
