package dev.sluice.migration;

/**
 * A comment in a script and what stands around it. Offsets are characters of the file; -1 stands for "none".
 *
 * @param body what the comment says, without its delimiters and surrounding white space
 * @param codeBefore start of the last code, string or quoted name before the comment
 * @param semicolonBefore offset of the last semicolon before the comment
 * @param codeAfter start of the first code, string or quoted name behind the comment
 * @param ownLine whether nothing but white space stands before it on its line
 * @param setOff whether a blank line, or the end of the file, follows the block of comments it is in
 */
record Comment(
        int start,
        int end,
        String body,
        int codeBefore,
        int semicolonBefore,
        int codeAfter,
        boolean ownLine,
        boolean setOff) {

    /** Where the line behind this comment starts. */
    int nextLine(String text) {
        int at = end;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        at = text.startsWith("\r\n", at) ? at + 2 : at + 1;
        return Math.min(at, text.length());
    }
}
