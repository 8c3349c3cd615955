package io.packetwalk.read.transcript;

import java.util.List;

/** A file's path inside a state, by its parts; archives count as the folders that they are. */
record BundlePath(List<String> parts) {
  BundlePath {
    parts = List.copyOf(parts);
  }

  static BundlePath of(String file) {
    return new BundlePath(List.of(file.split("/", -1)));
  }

  String name() {
    return parts.getLast();
  }

  /** The folder so many levels above the file, without an archive's ending; empty when none is. */
  String folder(int above) {
    int index = parts.size() - 1 - above;
    return index < 0 ? "" : withoutEnding(parts.get(index));
  }

  /** Where the outermost folder is that begins so; -1 when none does. */
  int indexOf(String beginning) {
    for (int index = 0; index < parts.size() - 1; index++) {
      if (parts.get(index).startsWith(beginning)) {
        return index;
      }
    }
    return -1;
  }

  /** The path from the beginning up to a part. */
  String upTo(int end) {
    return String.join("/", parts.subList(0, end));
  }

  String parent() {
    return upTo(parts.size() - 1);
  }

  private static String withoutEnding(String folder) {
    for (String ending : List.of(".tar.gz", ".tgz", ".tar", ".zip")) {
      if (folder.endsWith(ending)) {
        return folder.substring(0, folder.length() - ending.length());
      }
    }
    return folder;
  }
}
