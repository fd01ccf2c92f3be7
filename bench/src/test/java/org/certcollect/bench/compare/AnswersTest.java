package org.certcollect.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
  @TempDir Path folder;
  private Answers answers;

  @BeforeEach
  void writeTwoAnswers() throws Exception {
    List<Sample> samples = List.of(new Sample(12, "b"), new Sample(11, "a"));
    answers = new Answers(folder, "secret", samples);
    Files.createDirectories(folder.resolve("pem"));
    for (Sample sample : samples) {
      Files.writeString(folder.resolve("pem/" + sample.number()), "x".repeat(100));
    }
  }

  @Test
  void theLoadClientIsToldWhatToGetAndHowLongItIs() throws Exception {
    assertThat(answers.getTargets(folder, Answer.PEM))
        .hasContent("GET\t/pem/12\t\t100\nGET\t/pem/11\t\t100\n");
  }

  @Test
  void theLoadClientIsToldWhatToPost() throws Exception {
    assertThat(answers.upTo(11, "other").postTargets(folder, Answer.PEM))
        .hasContent(
            "POST\t/products/download/CollectSSL\t"
                + "loginName=a&loginPassword=other&orderNumber=11&queryType=1\t100\n");
  }
}
