package io.packetwalk.cli;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.report.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A state that ships inside of the program; the sources have it in {@link #folder}.
 *
 * @param kind the practice cluster that is like it, and has its name
 * @param files of the state
 * @param asked what is walked in it
 * @param introduction what stands before the walk
 * @param others questions that are worth asking next, as {@code packetwalk trace} takes them
 */
record Sample(
    ClusterKind kind,
    List<String> files,
    Asked asked,
    List<String> introduction,
    List<String> others) {
  /** Made by {@code samples/calico-ipip/make}. */
  static final Sample CALICO_IPIP =
      new Sample(
          ClusterKind.CALICO_IPIP,
          List.of("kubectl.txt", "worker1.txt", "worker2.txt"),
          new Asked("shop/api-7c9f8d6b54-x2k4p", "shop/cart-6bb7f9c4d8-9tqzl:8080"),
          List.of(
              "Two nodes with three pods, and IP-in-IP between the nodes as Calico sets it up.",
              "A real kernel printed the lines that are quoted. api opens a connection to cart:"),
          List.of(
              "shop/api-7c9f8d6b54-x2k4p shop/cart-6bb7f9c4d8-9tqzl -6",
              "node/worker1 shop/front-5d4c8b79f6-m8rtz --size 2000 -v"));

  /** Recorded in the practice cluster of this name. */
  static final Sample ANTREA_GENEVE =
      new Sample(
          ClusterKind.ANTREA_GENEVE,
          List.of("client.txt", "kubectl.txt", "worker1.txt", "worker2.txt"),
          new Asked("shop/web-6d4b75cb6d-hx7kq", "svc/shop/cart:80"),
          List.of(
              "Two nodes with seven pods on Open vSwitch, and Geneve between them, as Antrea sets"
                  + " it up.",
              "A real kernel and switch printed the lines that are quoted. web asks the Service"
                  + " cart:"),
          List.of(
              "shop/api-7c9f8d6b54-x2k4p shop/cart-6bb7f9c4d8-9tqzl:8080",
              "shop/cart-6bb7f9c4d8-9tqzl client -v"));

  /** In the order in which they are shown. */
  static final List<Sample> ALL = List.of(CALICO_IPIP, ANTREA_GENEVE);

  Sample {
    files = List.copyOf(files);
    introduction = List.copyOf(introduction);
    others = List.copyOf(others);
  }

  /** The sample of this name. */
  static Optional<Sample> of(String label) {
    return ALL.stream().filter(sample -> sample.label().equals(label)).findFirst();
  }

  /** As it is written on the command line. */
  String label() {
    return kind.label();
  }

  /** Where the sources have its state. */
  String folder() {
    return "samples/" + label() + "/state";
  }

  StateFiles load() throws IOException {
    List<StateFile> loaded = new ArrayList<>();
    for (String name : files) {
      String resource = "sample/" + label() + "/" + name;
      try (InputStream stream = Sample.class.getResourceAsStream(resource)) {
        if (stream == null) {
          throw new IOException("the sample's " + name + " is not in this build");
        }
        loaded.add(new StateFile(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
    return new StateFiles(loaded, List.of());
  }
}
