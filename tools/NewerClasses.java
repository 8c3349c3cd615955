import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites the classes of a jar that are older than Java 8 in Java 8's format, which has stack
 * maps. The JVM's ahead-of-time cache leaves out classes without them, so they would be read from
 * the jar and verified the slow way at every start.
 *
 * <pre>java NewerClasses.java OLD.jar NEW.jar</pre>
 */
final class NewerClasses {
  private final JarFile jar;
  private final ClassFile format;

  private NewerClasses(JarFile jar) {
    this.jar = jar;
    ClassHierarchyResolver hierarchy =
        ClassHierarchyResolver.ofResourceParsing(this::open)
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    this.format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  }

  public static void main(String[] arguments) throws IOException {
    try (JarFile old = new JarFile(arguments[0]);
        JarOutputStream rewritten =
            new JarOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      new NewerClasses(old).writeTo(rewritten);
    }
  }

  private void writeTo(JarOutputStream rewritten) throws IOException {
    List<JarEntry> entries = jar.stream().toList();
    for (JarEntry entry : entries) {
      byte[] bytes = read(entry);
      rewritten.putNextEntry(new JarEntry(entry.getName()));
      rewritten.write(isClass(entry.getName()) ? newer(bytes) : bytes);
      rewritten.closeEntry();
    }
  }

  private byte[] newer(byte[] bytes) {
    ClassModel model = format.parse(bytes);
    return model.majorVersion() >= ClassFile.JAVA_8_VERSION
        ? bytes
        : format.transformClass(
            model,
            // Methods handed on as they are would be copied; bodies are built anew, with maps.
            ClassTransform.transformingMethodBodies(CodeBuilder::with)
                .andThen(
                    ClassTransform.endHandler(
                        builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
  }

  private InputStream open(ClassDesc type) {
    String descriptor = type.descriptorString();
    JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return entry == null ? null : jar.getInputStream(entry);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private byte[] read(JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(".class") && !name.endsWith("module-info.class");
  }
}
