package net.bellwether.topology.atlas;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.bellwether.topology.id.NodeId;

/// Node names from the labels of a map: lower case, accents and everything else that names may not
/// hold left out, numbers behind those that repeat.
final class MapNames {
  /// Two of them, a number and a section still are a link's name.
  private static final int CHARACTERS_MAX = 20;

  private final Set<String> taken = new HashSet<>();
  private final List<String> numbered = new ArrayList<>();

  /// The name of the next place.
  NodeId next(NetworkMap.Place place) {
    String base = slug(place.label());
    // The Topology Zoo writes None for a junction without a name.
    if (base.isEmpty() || base.equals("none")) {
      base = slug("node-" + place.id());
    }
    String name = base;
    for (int number = 2; !taken.add(name); number++) {
      name = base + "-" + number;
    }
    if (!name.equals(base)) {
      numbered.add(name);
    }
    return NodeId.of(name);
  }

  /// Names that were numbered because they repeat.
  List<String> numbered() {
    return numbered;
  }

  /// `Esnet` of `maps/Esnet.gml`.
  static String stem(String documentName) {
    String file = documentName.substring(documentName.lastIndexOf('/') + 1);
    return file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
  }

  private static String slug(String label) {
    String plain =
        Normalizer.normalize(label, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-");
    String cut = plain.substring(0, Math.min(CHARACTERS_MAX, plain.length()));
    return cut.replaceAll("^-|-$", "");
  }
}
