package net.bellwether.agent.distill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The following end's side of Cascade: finds and flips the bits that differ from the leading
/// end's. All odd blocks of a pass are searched at once, one halving a round trip, until none is
/// odd. Flips make blocks of other passes odd; of those the pass with the smallest blocks comes
/// next. Blocks of one pass do not overlap, so no error is searched for twice at a time, and what
/// was learnt about halves is kept, so no parity is asked for twice.
final class ErrorSearch {
  private record Range(int from, int to) {}

  private final Bits bits;
  private final long seed;
  private final int[] sizes;
  private final List<SearchPass> passes = new ArrayList<>();
  private final List<Range> wanted = new ArrayList<>();
  private @Nullable SearchPass current;
  private int wantedPass = -1;
  private int openedPasses;
  private boolean total;
  private long received;
  private long corrected;

  ErrorSearch(Bits bits, long seed, double expectedErrorRate) {
    this.bits = bits;
    this.seed = seed;
    this.sizes = Cascade.blockSizes(bits.length(), expectedErrorRate);
  }

  /// Parities received so far.
  long received() {
    return received;
  }

  long corrected() {
    return corrected;
  }

  /// The next ASK frame; empty when nothing is left to correct, or when parities contradict each
  /// other (they were changed on the way) and flips would go round in circles: verification tells.
  Optional<byte[]> ask() {
    while (corrected <= bits.length() / 2) {
      SearchPass pass = current != null && current.hasOddBlock() ? current : firstOddPass();
      current = pass;
      if (pass != null) {
        wanted.clear();
        search(pass);
        if (!wanted.isEmpty()) {
          wantedPass = passes.indexOf(pass);
          return Optional.of(askRanges());
        }
      } else if (openedPasses == Cascade.PASSES) {
        return Optional.empty();
      } else {
        return Optional.of(askBlocks());
      }
    }
    return Optional.empty();
  }

  /// Takes the answer to the last ASK.
  void learn(FrameReader parities) {
    if (wantedPass >= 0) {
      Bits told = parities.bitsExactly(wanted.size(), "parities");
      SearchPass pass = passes.get(wantedPass);
      for (int i = 0; i < wanted.size(); i++) {
        pass.learn(wanted.get(i).from(), wanted.get(i).to(), told.get(i));
      }
      wanted.clear();
      wantedPass = -1;
      received += told.length();
    } else {
      learnBlocks(parities);
    }
    parities.end();
  }

  private @Nullable SearchPass firstOddPass() {
    for (SearchPass pass : passes) {
      if (pass.hasOddBlock()) {
        return pass;
      }
    }
    return null;
  }

  /// Halves every odd block of `pass` as far as is known; flips what is found.
  private void search(SearchPass pass) {
    for (int block = pass.oddBlockFrom(0); block >= 0; block = pass.oddBlockFrom(block + 1)) {
      int from = pass.start(block);
      int to = pass.end(block);
      boolean known = true;
      while (to - from > 1 && known) {
        int middle = Cascade.middle(from, to);
        known = pass.knows(from, middle);
        if (!known) {
          wanted.add(new Range(from, middle));
        } else if (pass.isOdd(from, middle)) {
          to = middle;
        } else {
          from = middle;
        }
      }
      if (known) {
        flip(pass.position(from));
      }
    }
  }

  private void flip(int position) {
    bits.flip(position);
    corrected++;
    for (SearchPass pass : passes) {
      pass.flipped(position);
    }
  }

  private byte[] askRanges() {
    FrameWriter writer =
        new FrameWriter(FrameType.ASK).number(0).number(wantedPass).number(wanted.size());
    int at = 0;
    for (Range range : wanted) {
      writer.number(range.from() - at).number(range.to() - range.from());
      at = range.from();
    }
    return writer.frame();
  }

  /// Opens the next pass; the ones over halves together, as they rarely find anything.
  private byte[] askBlocks() {
    boolean halves = sizes[openedPasses] == sizes[Cascade.PASSES - 1];
    int last = halves ? Cascade.PASSES : openedPasses + 1;
    FrameWriter writer = new FrameWriter(FrameType.ASK).number(last - openedPasses);
    for (int pass = openedPasses; pass < last; pass++) {
      writer.number(pass).number(sizes[pass]);
    }
    openedPasses = last;
    return writer.frame();
  }

  private void learnBlocks(FrameReader parities) {
    int expected = 0;
    for (int pass = passes.size(); pass < openedPasses; pass++) {
      expected += Cascade.blockCount(bits.length(), sizes[pass]) - (pass == 0 ? 0 : 1);
    }
    Bits told = parities.bitsExactly(expected, "parities");
    received += expected;
    int at = 0;
    while (passes.size() < openedPasses) {
      int number = passes.size();
      SearchPass pass = new SearchPass(bits, seed, number, sizes[number]);
      boolean rest = total;
      for (int block = 0; block < pass.blockCount(); block++) {
        boolean implied = number > 0 && block == pass.blockCount() - 1;
        boolean parity = implied ? rest : told.get(at++);
        rest ^= parity;
        pass.learnBlock(block, parity);
      }
      if (number == 0) {
        total = rest;
      }
      passes.add(pass);
    }
  }
}
