package io.packetwalk.lab;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.lab.fault.Fault;
import io.packetwalk.lab.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The breaking and mending of a lab. */
public final class Breaking {
  private final Lab lab;
  private final Path list;

  public Breaking(Lab lab) {
    this.lab = lab;
    this.list = lab.file("faults");
  }

  /** The faults that are in it, in the order in which they came. */
  public List<Fault> active() throws IOException {
    List<Fault> active = new ArrayList<>();
    if (Files.exists(list)) {
      Files.readAllLines(list).forEach(name -> Faults.named(name).ifPresent(active::add));
    }
    return active;
  }

  /** Puts a fault in. */
  public void inject(Fault fault) throws IOException, InterruptedException {
    List<Fault> active = active();
    if (active.contains(fault)) {
      throw new LabException(fault.name() + " is in " + lab.name() + " already");
    }
    if (!fault.where().test(lab.plan())) {
      throw new LabException(fault.name() + " makes no sense in " + lab.name());
    }
    run(fault.injection().apply(lab.plan()));
    active.add(fault);
    write(active);
  }

  /** Mends everything, the last fault first. */
  public List<Fault> mend() throws IOException, InterruptedException {
    List<Fault> active = active();
    for (Fault fault : active.reversed()) {
      run(fault.cure().apply(lab.plan()));
    }
    write(List.of());
    return active;
  }

  private void write(List<Fault> active) throws IOException {
    Files.write(list, active.stream().map(Fault::name).toList());
  }

  private void run(List<String> commands) throws IOException, InterruptedException {
    Output output =
        CommandRun.of(
            lab.lasting(), List.of("bash", "-e", "-c", String.join("\n", commands)), Limits.SHORT);
    if (!output.succeeded()) {
      throw new LabException("a command in the lab failed: " + output.text().strip());
    }
  }
}
