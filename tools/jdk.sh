# Finding a JDK 25, for ./packetwalk, ./test, ./format and .ci/run, which source this file. POSIX sh.
# The version is read from the JDK's own `release` file: no JVM is started to ask.

# The feature release of the JDK in folder $1 (25 for 25.0.3); nothing when there is no JDK in it.
jdk_release() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      echo "$value"
      return 0
    fi
  done <"$1/release"
  return 1
}

# The folders where JDKs usually are, the user's own choice first, a line each.
jdk_candidates() {
  for home in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] && echo "$home"
  done
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v 25+ 2>/dev/null
  fi
  java_in_path=$(command -v java 2>/dev/null) && java_in_path=$(readlink -f "$java_in_path" 2>/dev/null) \
    && dirname "$(dirname "$java_in_path")"
  return 0
}

# The JDK to use: PACKETWALK_JAVA_HOME, else the first JDK 25, else the first newer one.
find_jdk() {
  if [ -n "${PACKETWALK_JAVA_HOME:-}" ]; then
    release=$(jdk_release "$PACKETWALK_JAVA_HOME") && [ "$release" -ge 25 ] && echo "$PACKETWALK_JAVA_HOME"
    return
  fi
  newer=
  while IFS= read -r home; do
    release=$(jdk_release "$home") || continue
    if [ "${release:-0}" -eq 25 ]; then
      echo "$home"
      return 0
    elif [ "${release:-0}" -gt 25 ] && [ -z "$newer" ]; then
      newer=$home
    fi
  done <<EOF
$(jdk_candidates)
EOF
  [ -n "$newer" ] && echo "$newer"
}

# What to say when there is none.
explain_missing_jdk() {
  if [ -n "${PACKETWALK_JAVA_HOME:-}" ]; then
    echo "packetwalk: PACKETWALK_JAVA_HOME is $PACKETWALK_JAVA_HOME, which holds no JDK 25 or newer."
  else
    echo "packetwalk: no JDK 25 was found (looked in JAVA_HOME, /usr/lib/jvm, SDKMAN, ~/.jdks, PATH)."
  fi
  cat <<'EOF'
Get one beside the JDK that is there; nothing else has to change:
  Debian, Ubuntu   apt-get install openjdk-25-jdk; where that isn't offered, set up Temurin's repository
                   (https://adoptium.net/installation/linux) and apt-get install temurin-25-jdk
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  any              https://sdkman.io, then: sdk install java 25-tem
A JDK in an unusual place: PACKETWALK_JAVA_HOME=/path/to/jdk
EOF
}

# Ends the program when there is no JDK 25; otherwise java_home is its folder.
require_jdk() {
  java_home=$(find_jdk) || {
    explain_missing_jdk >&2
    exit 69
  }
}

# Runs Maven, the installed one or else the wrapper's, in the project's folder $1 on $java_home, which
# compiles and tests as well.
run_maven() {
  maven=$(command -v mvn) || maven=$1/mvnw
  release=$(jdk_release "$java_home")
  folder=$1
  shift
  JAVA_HOME=$java_home MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED" \
    "$maven" -B -ntp -f "$folder/pom.xml" "-Djdk.range=[$release,$((release + 1)))" "$@"
}
