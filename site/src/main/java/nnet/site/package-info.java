/// The documents and the standard library as static pages that need no network.
///
/// A `Page` is Markdown with a place. Documents are pages already; `LibraryPages` makes pages from the library's own files, so that what they say of a layer is what
/// its comment, its source and the compiler say. `Template` makes HTML of them.
package nnet.site;
