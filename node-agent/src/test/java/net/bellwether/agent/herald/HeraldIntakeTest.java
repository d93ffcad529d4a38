package net.bellwether.agent.herald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.bellwether.wire.herald.HeraldRecords;
import net.bellwether.wire.herald.MalformedRecord;
import org.junit.jupiter.api.Test;

class HeraldIntakeTest {
  private final Records records = new Records();
  private final Heard heard = new Heard();
  private final HeraldCounts counts = new HeraldCounts();
  private final SlotTable slots = new SlotTable(Records.NUMBERING);
  private final HeraldIntake intake =
      new HeraldIntake(Records.NUMBERING, slots, counts, heard::heralded);
  private final int slotAb = slots.replace(List.of(Records.request("ab", 1))).getFirst().number();

  private List<String> take() throws MalformedRecord {
    ByteBuf in = records.take();
    while (in.isReadable()) {
      assertThat(intake.hasRoom()).isTrue();
      intake.take(in, in.readerIndex());
      in.skipBytes(HeraldRecords.BYTES);
    }
    intake.flush();
    List<String> lines = List.copyOf(heard.lines);
    heard.lines.clear();
    return lines;
  }

  @Test
  void aHeraldIsMappedToTheRequestOfItsSlot() throws Exception {
    records.herald(0, slotAb, 6).complete(6);
    assertThat(take()).containsExactly("ab#3.6 of f/1", "until 6");
    assertThat(counts.acceptedCount()).isEqualTo(1);
  }

  @Test
  void whatIsMissingIsLostAndReleasedAndNotBelievedAfterwards() throws Exception {
    records.herald(0, slotAb, 6).herald(0, slotAb, 9);
    assertThat(take())
        .containsExactly("ab#3.6 of f/1", "ab#3.9 of f/1", "release ab#3.7", "release ab#3.8");
    assertThat(counts.lostCount()).isEqualTo(2);
    records.herald(0, slotAb, 7).herald(0, slotAb, 9).herald(0, slotAb, 10);
    assertThat(take()).containsExactly("ab#3.10 of f/1");
    assertThat(counts.lateCount()).isEqualTo(2);
  }

  @Test
  void aTallyTellsOfALostLastHeraldAndOfALostFirst() throws Exception {
    records.tally(0, 4).herald(0, slotAb, 5).tally(0, 7);
    assertThat(take()).containsExactly("ab#3.5 of f/1", "release ab#3.4", "release ab#3.6");
    assertThat(counts.lostCount()).isEqualTo(2);
  }

  @Test
  void linksAreCountedApart() throws Exception {
    int slotBc =
        slots
            .replace(List.of(Records.request("ab", 1), Records.request("bc", 1)))
            .getLast()
            .number();
    records.herald(0, slotAb, 6).herald(1, slotBc, 100).herald(0, slotAb, 7);
    assertThat(take()).containsExactly("ab#3.6 of f/1", "bc#3.100 of f/1", "ab#3.7 of f/1");
    assertThat(counts.lostCount()).isZero();
  }

  @Test
  void aPairOfNoRequestIsReleased() throws Exception {
    // A slot that was never given, and one that is another link's.
    records.herald(0, slotAb + 1, 6).herald(1, slotAb, 7);
    assertThat(take()).containsExactly("release ab#3.6", "release bc#3.7");
    assertThat(counts.unownedCount()).isEqualTo(2);
  }

  @Test
  void recordsOfAnotherStartOfTheDeviceAreDropped() throws Exception {
    records.herald(0, slotAb, 6, 2);
    assertThat(take()).isEmpty();
    assertThat(counts.lateCount()).isEqualTo(1);
  }

  @Test
  void completionsOnlyRise() throws Exception {
    records.complete(6).complete(6).complete(5).complete(8);
    assertThat(take()).containsExactly("until 6", "until 8");
    assertThat(counts.lateCount()).isEqualTo(2);
  }

  @Test
  void aClockThatGoesBackByMoreThanASecondIsSaidOnceNothingElseExplainsIt() throws Exception {
    List<String> said = new ArrayList<>();
    intake.onClockBack(() -> said.add("back"));
    records.complete(100);
    // Three frames back: its time comes again.
    for (int frame = 98; frame <= 110; frame++) {
      records.complete(frame);
    }
    // One old record, sent again.
    records.complete(5).complete(111);
    assertThat(take()).startsWith("until 100").endsWith("until 110", "until 111");
    assertThat(said).isEmpty();
    for (int frame = 50; frame < 70; frame++) {
      records.complete(frame);
    }
    assertThat(take()).isEmpty();
    assertThat(said).containsExactly("back");
  }

  @Test
  void aLinkThatTheDeviceHasNotIsNoRecord() {
    records.herald(2, slotAb, 6);
    assertThatThrownBy(this::take).hasMessage("link (2) must be one of the device's 2");
  }

  @Test
  void ofAHugeGapAsMuchIsReleasedAsIsBounded() throws Exception {
    records.herald(0, slotAb, 0).herald(0, slotAb, 90_000_000_000L);
    assertThat(take()).hasSize(2 + HeraldBatch.RELEASES_PER_GAP_MAX);
  }

  @Test
  void thereIsRoomForEightBatchesAndForMoreOnceOneComesBack() throws Exception {
    List<String> woken = new ArrayList<>();
    intake.onRoom(() -> woken.add("room"));
    heard.keeps = true;
    for (int batch = 0; batch < BatchPool.BATCHES; batch++) {
      records.complete(batch);
      take();
    }
    assertThat(intake.hasRoom()).isFalse();
    assertThat(woken).isEmpty();
    heard.giveBack();
    assertThat(woken).containsExactly("room");
    assertThat(intake.hasRoom()).isTrue();
  }

  /// Whatever is dropped, repeated or exchanged on the way: every pair is either heralded once or
  /// released once, and those that are heralded come in order.
  @Test
  void everyPairIsHeraldedOrReleasedOnce() throws Exception {
    for (long seed = 1; seed <= 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Heard after = new Heard();
      HeraldIntake fresh =
          new HeraldIntake(Records.NUMBERING, slots, new HeraldCounts(), after::heralded);
      records.tally(0, 0);
      int last = 0;
      int greatest = 0;
      for (int sent = 0; sent < 300; sent++) {
        last = Math.max(0, last + random.nextInt(7) - 2);
        greatest = Math.max(greatest, last);
        records.herald(0, slotAb, last);
      }
      records.tally(0, greatest + 5);
      ByteBuf in = records.take();
      while (in.isReadable()) {
        assertThat(fresh.hasRoom()).isTrue();
        fresh.take(in, in.readerIndex());
        in.skipBytes(HeraldRecords.BYTES);
      }
      fresh.flush();
      List<String> heralded = after.lines.stream().filter(l -> l.startsWith("ab")).toList();
      List<String> pairs =
          after.lines.stream().map(l -> l.replace("release ", "").replace(" of f/1", "")).toList();
      assertThat(pairs).as("seed %d", seed).doesNotHaveDuplicates().hasSize(greatest + 5);
      assertThat(heralded.stream().map(HeraldIntakeTest::sequence).toList())
          .as("seed %d", seed)
          .isSorted();
    }
  }

  private static long sequence(String line) {
    return Long.parseLong(line.substring("ab#3.".length(), line.indexOf(' ')));
  }
}
