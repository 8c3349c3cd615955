package io.packetwalk.read.kubernetes;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.Trees;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects as YAML or JSON, one or several documents, lists included.
 *
 * <p>What a command asked for tells whether the objects are all there are. Without a command, a
 * list is taken for all objects of its kinds: in all namespaces when it has objects of several,
 * otherwise in the one that it shows.
 */
final class ObjectDocuments {
  private static final int MOST_UNKNOWN_KINDS = 200;

  private ObjectDocuments() {}

  /** Objects that the API server returned. */
  static Reading fromServer(CommandRun run, ObjectScope scope) {
    return read(run, scope, false);
  }

  /** Objects that somebody wrote to be created. */
  static Reading declared(CommandRun run) {
    return read(run, ObjectScope.of(ObjectScope.kubectl(run)), true);
  }

  private static Reading read(CommandRun run, ObjectScope scope, boolean declared) {
    ClusterRows rows = new ClusterRows();
    var outcome = Trees.read(run.output(), () -> new Document(scope, declared));
    Lists lists = new Lists();
    for (Document document : outcome.documents()) {
      document.finish();
      rows.addAll(document.rows);
      document.unknown.forEach(line -> rows.skip(line, "not an object of a kind that is read"));
      lists.take(document);
    }
    outcome.unread().forEach(line -> rows.skip(line.line(), line.reason()));
    boolean whole = outcome.unread().isEmpty() && !declared;
    if (whole && (lists.empty || !lists.kinds.isEmpty())) {
      scope.kinds().forEach(rows::header);
    }
    return rows.reading(run, scope.kinds().isEmpty() ? lists.extent(whole) : asked(scope, whole));
  }

  private static ClusterRows.Extent asked(ObjectScope scope, boolean whole) {
    return new ClusterRows.Extent() {
      @Override
      public boolean isAll(ResourceKind kind) {
        return whole && scope.isAll() && scope.kinds().contains(kind);
      }

      @Override
      public Optional<String> namespace(ResourceKind kind) {
        return scope.namespace();
      }
    };
  }

  /**
   * One document: an object, or a list of them. Of each object is kept what it says, not its tree:
   * lists are long.
   */
  private static final class Document implements Trees.Visitor {
    private final ObjectScope scope;
    private final boolean declared;
    private final ClusterRows rows = new ClusterRows();
    private final List<Line> unknown = new ArrayList<>();
    private final List<Tree> kindless = new ArrayList<>();
    private final Set<ResourceKind> listed = EnumSet.noneOf(ResourceKind.class);
    private final Set<String> namespaces = new LinkedHashSet<>();
    private boolean list;
    private boolean cut;
    private boolean empty = true;

    Document(ObjectScope scope, boolean declared) {
      this.scope = scope;
      this.declared = declared;
    }

    @Override
    public void element(Tree tree, String listKind) {
      list = true;
      String kind = tree.text("kind").orElse(elementKind(listKind));
      if (kind.isEmpty()) {
        kindless.add(tree);
      } else {
        object(tree, kind, true);
      }
    }

    @Override
    public void document(Tree tree) {
      if (tree instanceof Tree.Scalar scalar) {
        unknown.add(scalar.line());
        return;
      }
      String kind = tree.text("kind").orElse("");
      boolean ofObjects = list || (kind.endsWith("List") && !tree.at("items").isAbsent());
      if (ofObjects) {
        list = true;
        cut = tree.text("metadata", "continue").isPresent();
        if (!elementKind(kind).isEmpty()) {
          kindless.forEach(each -> object(each, elementKind(kind), true));
          kindless.clear();
        }
      } else if (!kind.isEmpty()) {
        object(tree, kind, false);
      }
    }

    /** Elements that still have no kind are of the kind that the command asked for. */
    void finish() {
      String asked = scope.kinds().size() == 1 ? scope.kinds().getFirst().kind() : "";
      kindless.forEach(each -> object(each, asked, true));
      kindless.clear();
    }

    private static String elementKind(String listKind) {
      return listKind.endsWith("List") && listKind.length() > 4
          ? listKind.substring(0, listKind.length() - 4)
          : "";
    }

    private void object(Tree tree, String kind, boolean inList) {
      ObjectTree object = new ObjectTree(tree, scope, declared);
      Optional<ResourceKind> known = object.resource(kind);
      if (known.isEmpty()) {
        object.line().filter(line -> unknown.size() < MOST_UNKNOWN_KINDS).ifPresent(unknown::add);
        return;
      }
      if (object.name().isEmpty()) {
        object.line().ifPresent(unknown::add);
        return;
      }
      ObjectMapping.add(known.get(), object, rows);
      empty = false;
      if (inList) {
        listed.add(known.get());
        if (known.get().isNamespaced()) {
          namespaces.add(object.namespace());
        }
      }
    }
  }

  /** What the lists of an output say about its completeness. */
  private static final class Lists {
    private final Set<ResourceKind> kinds = EnumSet.noneOf(ResourceKind.class);
    private final Set<String> namespaces = new LinkedHashSet<>();
    private boolean cut;
    private boolean empty;

    void take(Document document) {
      kinds.addAll(document.listed);
      namespaces.addAll(document.namespaces);
      cut |= document.cut;
      empty |= document.list && document.empty;
    }

    ClusterRows.Extent extent(boolean whole) {
      return new ClusterRows.Extent() {
        @Override
        public boolean isAll(ResourceKind kind) {
          return whole && !cut && kinds.contains(kind);
        }

        @Override
        public Optional<String> namespace(ResourceKind kind) {
          return kind.isNamespaced() && namespaces.size() == 1
              ? Optional.of(namespaces.iterator().next())
              : Optional.empty();
        }
      };
    }
  }
}
