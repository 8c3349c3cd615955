package io.packetwalk.report.state;

import io.packetwalk.model.FailedCommand;
import io.packetwalk.model.Inventory;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.report.Names;
import io.packetwalk.report.json.JsonText;
import io.packetwalk.walk.gap.Gap;
import io.packetwalk.walk.gap.Gaps;
import io.packetwalk.walk.plugin.Conclusion;
import io.packetwalk.walk.plugin.Plugins;
import io.packetwalk.walk.plugin.Sign;
import io.packetwalk.wire.IpAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import tools.jackson.core.JsonGenerator;

/** What a state holds, as JSON: everything that the text shows, and all of it. */
public final class StateJson {
  private static final int SCHEMA_VERSION = 1;

  private final Snapshot snapshot;
  private final JsonGenerator json;

  private StateJson(Snapshot snapshot, JsonGenerator json) {
    this.snapshot = snapshot;
    this.json = json;
  }

  /** One JSON object on many lines, without a line end. */
  public static String of(Snapshot snapshot) {
    return JsonText.of(true, json -> new StateJson(snapshot, json).write());
  }

  private void write() {
    json.writeStartObject();
    json.writeNumberProperty("schema", SCHEMA_VERSION);
    plugins(Plugins.recognise(snapshot));
    nodes();
    pods();
    inventory(snapshot.inventory());
    json.writeArrayPropertyStart("missing");
    for (Gap gap : Gaps.of(snapshot)) {
      json.writeStartObject();
      json.writeStringProperty("place", gap.place());
      json.writeStringProperty("fact", gap.fact());
      json.writeStringProperty("command", gap.command());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void plugins(List<Conclusion> conclusions) {
    json.writeArrayPropertyStart("plugins");
    for (Conclusion conclusion : conclusions) {
      json.writeStartObject();
      json.writeStringProperty("plugin", conclusion.plugin());
      strings("modes", conclusion.modes());
      json.writeBooleanProperty("opaque", conclusion.opaque());
      signs("signs", conclusion.signs());
      signs("contradictions", conclusion.contradictions());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void signs(String name, List<Sign> signs) {
    json.writeArrayPropertyStart(name);
    for (Sign sign : signs) {
      json.writeStartObject();
      json.writeStringProperty("meaning", sign.meaning());
      JsonText.source(sign.source(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void nodes() {
    SequencedSet<String> nodes = new LinkedHashSet<>(snapshot.nodes());
    snapshot.cluster().nodes().stream().map(KubernetesNode::name).forEach(nodes::add);
    Names names = new Names(snapshot);
    json.writeArrayPropertyStart("nodes");
    for (String node : nodes) {
      json.writeStartObject();
      json.writeStringProperty("name", node);
      addresses(
          snapshot.cluster().node(node).map(KubernetesNode::internalAddresses).orElse(List.of()));
      json.writeArrayPropertyStart("namespaces");
      snapshot.namespaces().values().stream()
          .filter(namespace -> namespace.id().node().equals(node))
          .forEach(namespace -> namespace(namespace, names));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void namespace(NetworkNamespace namespace, Names names) {
    json.writeStartObject();
    json.writeStringProperty("name", namespace.id().name());
    string("pod", names.podOf(namespace.id()));
    strings(
        "devices",
        namespace.links().devices().stream().map(device -> device.name()).distinct().toList());
    addresses(namespace.links().addresses().stream().map(InterfaceAddress::address).toList());
    json.writeEndObject();
  }

  private void pods() {
    json.writeArrayPropertyStart("pods");
    for (PodPlace pod : PodPlace.of(snapshot)) {
      json.writeStartObject();
      json.writeStringProperty("namespace", pod.name().namespace());
      json.writeStringProperty("name", pod.name().name());
      addresses(pod.addresses());
      string("node", pod.node());
      string("network_namespace", pod.namespace().map(NamespaceId::name));
      string("device", pod.device());
      json.writeBooleanProperty("former", pod.former());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void inventory(Inventory inventory) {
    strings("files", inventory.files());
    json.writeArrayPropertyStart("skipped");
    for (Inventory.SkippedFile file : inventory.skipped()) {
      json.writeStartObject();
      json.writeStringProperty("path", file.path());
      json.writeStringProperty("reason", file.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("commands");
    CommandCount.of(inventory).forEach(this::command);
    json.writeEndArray();
    json.writeArrayPropertyStart("unread");
    inventory.unread().forEach(this::unread);
    json.writeEndArray();
    json.writeArrayPropertyStart("failed");
    inventory.failed().forEach(this::failed);
    json.writeEndArray();
  }

  private void command(CommandCount count) {
    json.writeStartObject();
    json.writeStringProperty("name", count.name());
    json.writeNumberProperty("times", count.times());
    json.writeBooleanProperty("understood", count.understood());
    json.writeNumberProperty("lines_read", count.readLines());
    json.writeNumberProperty("lines_not_understood", count.unreadLines());
    json.writeEndObject();
  }

  private void failed(FailedCommand command) {
    json.writeStartObject();
    json.writeStringProperty("name", command.name());
    json.writeStringProperty("place", command.place().toString());
    JsonText.source(command.said(), json);
    json.writeEndObject();
  }

  private void unread(UnreadLine line) {
    json.writeStartObject();
    JsonText.source(line.source(), json);
    json.writeStringProperty("command", line.command());
    json.writeStringProperty("reason", line.reason());
    json.writeBooleanProperty("note", line.note());
    json.writeEndObject();
  }

  private void addresses(Collection<IpAddress> addresses) {
    strings("addresses", addresses.stream().map(IpAddress::toString).toList());
  }

  private void strings(String name, Collection<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  private void string(String name, Optional<String> value) {
    value.ifPresentOrElse(
        text -> json.writeStringProperty(name, text), () -> json.writeNullProperty(name));
  }
}
