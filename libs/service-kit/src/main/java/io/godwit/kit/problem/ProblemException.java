package io.godwit.kit.problem;

/** Ends a request with a problem; thrown at the rim only, where a resource turns an outcome into an answer. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
