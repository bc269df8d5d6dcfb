package dev.sluice.lab.traffic;

/** The database answered, but not what the application wrote or may expect. Thrown through {@link AppSession#expect}. */
public final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongAnswerException(String message) {
        super(message);
    }
}
