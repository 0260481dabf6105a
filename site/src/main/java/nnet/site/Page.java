package nnet.site;

/// One page of the site.
///
/// @param path     below the root of the site, without an ending, such as `guide/first-network`
/// @param section  the heading in the navigation under which it stands; empty for pages that are only linked to
/// @param title    what the navigation calls it
/// @param markdown its text, with links to other documents as they are in the repository
public record Page(String path, String section, String title, String markdown) {

    /// How many folders it lies below the root.
    int depth() {
        return (int) path.chars().filter(c -> c == '/').count();
    }
}
