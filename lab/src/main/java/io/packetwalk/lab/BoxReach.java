package io.packetwalk.lab;

import io.packetwalk.gather.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.ObjectMapper;

/**
 * A way into a kernel of its own.
 *
 * @param folder in which commands are asked for
 * @param netns the network namespace in which they run; empty for where these have their names
 * @param alive whether that kernel is running
 */
record BoxReach(Path folder, String netns, BooleanSupplier alive) implements Reach {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Process start(List<String> command) throws IOException {
    Path path = folder.resolve(UUID.randomUUID().toString());
    Path draft = folder.resolve(path.getFileName() + ".draft");
    Files.writeString(draft, MAPPER.writeValueAsString(Map.of("command", command, "netns", netns)));
    Files.move(draft, folder.resolve(path.getFileName() + ".ask"), StandardCopyOption.ATOMIC_MOVE);
    return new BoxProcess(path, alive);
  }
}
