import Pricing

/// P(χ² > x) of one degree of freedom, 2·N(−√x); 1 at 0 and below. Relative error of a few last places in the tail too.
package func chiSquaredUpperTail1(_ x: Double) -> Double {
    x <= 0 ? 1 : min(1, 2 * cumulativeNormal(-x.squareRoot()))
}

/// P(χ² > x) of two degrees of freedom, e^{−x/2}; 1 at 0 and below.
package func chiSquaredUpperTail2(_ x: Double) -> Double {
    x <= 0 ? 1 : exponential(-0.5 * x)
}
