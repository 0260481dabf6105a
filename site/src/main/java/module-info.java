/// Static pages of the documents and of the library's own comments.
module nnet.site {
    requires nnet.trainer;
    requires org.commonmark;
    requires org.commonmark.ext.gfm.tables;
}
