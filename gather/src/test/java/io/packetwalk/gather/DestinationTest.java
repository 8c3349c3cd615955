package io.packetwalk.gather;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateLoader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"state", "state.tar", "state.tar.gz", "state.tgz", "state.zip"})
  void what_is_written_is_what_a_state_is_loaded_from(String name) throws IOException {
    Path target = folder.resolve(name);
    Destination.fresh(target)
        .write(List.of(new Gathered("worker1.txt", "root@worker1:~# ip rule\n")));
    assertThat(StateLoader.load(target).files())
        .containsExactly(new StateFile("worker1.txt", "root@worker1:~# ip rule\n"));
  }

  @Test
  void nothing_that_exists_is_overwritten() throws IOException {
    Path there = Files.writeString(folder.resolve("there.zip"), "mine");
    assertThatThrownBy(() -> Destination.fresh(there))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> Destination.fresh(folder))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(there).hasContent("mine");
  }
}
