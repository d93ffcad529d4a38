package net.bellwether.topology.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/// Builds the tree of a document from YAML events. Of YAML it takes mappings, sequences and scalars
/// only: without aliases a document is as large in memory as on disk, and every value has one line.
final class YamlTree {
  /// Our formats nest 7 deep; recursion stays far from the end of the stack.
  static final int DEPTH_MAX = 16;

  /// As many different words as are worth holding once; large documents repeat few.
  private static final int WORDS_MAX = 1_000;

  private final Iterator<Event> events;
  private final Map<String, String> words = new HashMap<>();
  private final Mistakes mistakes;

  private YamlTree(Iterator<Event> events, Mistakes mistakes) {
    this.events = events;
    this.mistakes = mistakes;
  }

  /// The one document of `text`; empty (with its mistake reported) if there is none to look into.
  static Optional<Tree> parse(String text, Mistakes mistakes) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(text.length() + 1).build();
    try {
      return new YamlTree(new Parse(settings).parseString(text).iterator(), mistakes).document();
    } catch (TooDeep e) {
      mistakes.add(e.line, "", "nesting must be at most " + DEPTH_MAX + " deep");
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().or(e::getContextMark).map(mark -> mark.getLine() + 1).orElse(1);
      mistakes.add(line, "", "is not YAML: " + oneLine(e.getProblem(), e.getContext()));
    } catch (ReaderException e) {
      mistakes.add(
          lineOf(text, e.getPosition()),
          "",
          "is not YAML: character U+%04X is not allowed".formatted(e.getCodePoint()));
    } catch (YamlVersionException e) {
      mistakes.add(1, "", "must be YAML 1.2, not " + e.getMessage());
    } catch (YamlEngineException e) {
      mistakes.add(1, "", "is not YAML: " + oneLine(String.valueOf(e.getMessage()), null));
    }
    return Optional.empty();
  }

  private Optional<Tree> document() {
    Optional<Tree> root = Optional.empty();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        case DocumentStart -> {
          if (root.isPresent()) {
            mistakes.add(line(event), "", "a second document begins here; the format takes one");
            return root;
          }
        }
        case Alias, MappingEnd, MappingStart, Scalar, SequenceEnd, SequenceStart ->
            root = Optional.of(value(event, 1));
      }
    }
    if (root.isEmpty()) {
      mistakes.add(1, "", "the document is empty");
    }
    return root;
  }

  private Tree value(Event event, int depth) {
    if (depth > DEPTH_MAX) {
      throw new TooDeep(line(event));
    }
    refuseReferences(event);
    return switch (event) {
      case AliasEvent _ -> new Tree.Refused(line(event));
      case ScalarEvent scalar ->
          new Tree.Scalar(line(event), word(scalar.getValue()), scalar.isPlain());
      case CollectionStartEvent start when start.getEventId() == Event.ID.SequenceStart ->
          sequence(start, depth);
      case CollectionStartEvent start -> mapping(start, depth);
      default -> throw new IllegalStateException("YAML event " + event + " begins no value");
    };
  }

  /// The same word as an object of its first appearance.
  private String word(String text) {
    String known = words.get(text);
    if (known == null && words.size() < WORDS_MAX) {
      words.put(text, text);
    }
    return known == null ? text : known;
  }

  private Tree sequence(CollectionStartEvent start, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(value(next, depth + 1));
    }
    return new Tree.Sequence(line(start), List.copyOf(items));
  }

  private Tree mapping(CollectionStartEvent start, int depth) {
    List<Tree.Entry> entries = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      Tree key = value(next, depth + 1);
      Tree value = value(events.next(), depth + 1);
      switch (key) {
        case Tree.Scalar scalar -> entries.add(new Tree.Entry(key.line(), scalar.text(), value));
        case Tree.Sequence _, Tree.Mapping _ ->
            mistakes.add(key.line(), "", "the name of a field must be text");
        case Tree.Refused _ -> {}
      }
    }
    return new Tree.Mapping(line(start), List.copyOf(entries));
  }

  private void refuseReferences(Event event) {
    Optional<String> tag =
        switch (event) {
          case ScalarEvent scalar -> scalar.getTag();
          case CollectionStartEvent start -> start.getTag();
          default -> Optional.empty();
        };
    tag.ifPresent(name ->
        mistakes.add(
            line(event), "", "tag (" + Mistakes.shown(name) + ") is not part of the format"));
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      String what = event instanceof AliasEvent ? "alias (*" : "anchor (&";
      String name = Mistakes.shown(node.getAnchor().get().getValue());
      mistakes.add(
          line(event), "", what + name + ") is not part of the format; write the value out");
    }
  }

  private static int line(Event event) {
    return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static int lineOf(String text, int position) {
    int end = Math.min(position, text.length());
    return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  private static String oneLine(String problem, @Nullable String context) {
    String sentence = context == null ? problem : problem + " (" + context + ")";
    return sentence.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  /// Ends the walk: what stands deeper cannot be part of a document of ours.
  private static final class TooDeep extends RuntimeException {
    private final int line;

    TooDeep(int line) {
      super(null, null, false, false);
      this.line = line;
    }
  }
}
