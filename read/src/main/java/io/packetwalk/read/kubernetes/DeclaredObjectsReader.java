package io.packetwalk.read.kubernetes;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;

/**
 * Reads objects that somebody wrote to be created ({@code kubectl declared}): they say what was
 * wanted, not what is.
 */
public final class DeclaredObjectsReader implements CommandReader {
  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean declared = Kubectl.is(run) && run.word(1).equals("declared");
    return declared ? Optional.of("objects to be created") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    return ObjectDocuments.declared(run);
  }
}
