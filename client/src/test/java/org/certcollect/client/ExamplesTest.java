package org.certcollect.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the documentation of the library, which must compile as they are shown. */
class ExamplesTest {
  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");

  @TempDir private Path classes;

  @Test
  void exampleOfTheFirstJavadocPageCompiles() throws Exception {
    String page =
        Files.readString(Path.of("src/main/java/org/certcollect/client/package-info.java"));
    String example =
        page.substring(page.indexOf("{@code\n") + 7, page.indexOf(" * }</pre>"))
            .replaceAll("(?m)^ \\* ?", "");

    assertCompiles("CollectExample", example);
  }

  @Test
  void examplesOfTheDocumentationCompile() throws Exception {
    List<String> snippets =
        SNIPPET
            .matcher(Files.readString(Path.of("../docs/clients.md")))
            .results()
            .map(match -> match.group(1))
            .toList();
    assertThat(snippets).hasSizeGreaterThan(3);
    for (String snippet : snippets) {
      assertCompiles(
          "Snippet",
          """
          import java.net.URI;
          import java.nio.file.*;
          import java.time.Duration;
          import org.certcollect.client.*;
          import org.certcollect.client.CollectAnswer.*;

          class Snippet {
            void snippet(%s String password) throws Exception {
              %s
            }
          }
          """
              .formatted(
                  snippet.contains("CollectClient client")
                      ? ""
                      : "CollectClient client, AccountLogin login,",
                  snippet));
    }
  }

  private void assertCompiles(String name, String source) {
    StringWriter problems = new StringWriter();
    CompilationTask task =
        ToolProvider.getSystemJavaCompiler()
            .getTask(
                problems,
                null,
                null,
                List.of("-d", classes.toString(), "-proc:none"),
                null,
                List.of(new ExampleSource(name, source)));

    assertThat(task.call()).as(source + problems).isTrue();
  }

  private static final class ExampleSource extends SimpleJavaFileObject {
    private final String text;

    ExampleSource(String name, String text) {
      super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
