import ClearingModel

/// One option at one volatility and one time, ready to be valued at many underlyings.
///
/// Preparing does everything that does not depend on the underlying: discount factors, σ√T and the critical price of
/// Barone-Adesi–Whaley. A scenario set has few distinct volatilities, so it prepares few of these and values many.
/// Preparing takes about 30 ns (Barone-Adesi–Whaley 450 ns), a value 15–40 ns (a lattice O(steps²)). No state is
/// shared: equal inputs give equal bits. Source: methodology §2.
package struct PreparedOption: Sendable {
    enum Kernel: Sendable {
        case deterministic(DeterministicLimit)
        case lognormal(GeneralisedBlackScholes)
        case normal(Bachelier)
        case quadratic(BaroneAdesiWhaley)
        case normalQuadratic(BachelierAmerican)
        case lattice(Lattice)
    }

    let kernel: Kernel

    /// Prepares an option.
    ///
    /// Volatility a √year, as a fraction (`bachelier`: in price units); time in years. At time ≤ 0 the option is worth
    /// its intrinsic value; at a volatility ≤ 0 or too small to matter its deterministic limit. NaN gives NaN.
    package init(_ terms: VanillaOption, volatility: Double, time: Double) {
        let deviation = time > 0 ? volatility * time.squareRoot() : 0
        guard !(time <= 0), !(deviation <= Self.leastDeviation(terms)) else {
            kernel = .deterministic(DeterministicLimit(terms, time: time))
            return
        }
        let normal = terms.model == .bachelier
        switch terms.exercise {
        case .european:
            kernel =
                normal
                ? .normal(Bachelier(terms, deviation: deviation, time: time))
                : .lognormal(GeneralisedBlackScholes(terms, deviation: deviation, time: time))
        case .american(.baroneAdesiWhaley):
            kernel =
                normal
                ? .normalQuadratic(BachelierAmerican(terms, deviation: deviation, time: time))
                : .quadratic(BaroneAdesiWhaley(terms, volatility: volatility, time: time))
        case .american(.leisenReimer(let steps)):
            let walk = normal ? Lattice.Walk.arithmetic : .leisenReimer
            kernel = .lattice(Lattice(terms, walk: walk, steps: steps, deviation: deviation, time: time))
        case .american(.coxRossRubinstein(let steps)):
            let walk = normal ? Lattice.Walk.arithmetic : .coxRossRubinstein
            kernel = .lattice(Lattice(terms, walk: walk, steps: steps, deviation: deviation, time: time))
        }
    }

    /// The value of one long option, in price units, ≥ 0.
    ///
    /// An underlying ≤ 0 under a lognormal model takes the limit at zero: a call 0, a put K·e^{−rT} (futures-style K;
    /// American the larger of that and K).
    package func value(underlying: Double) -> Double {
        switch kernel {
        case .deterministic(let kernel): kernel.value(underlying: underlying)
        case .lognormal(let kernel): kernel.value(underlying: underlying)
        case .normal(let kernel): kernel.value(underlying: underlying)
        case .quadratic(let kernel): kernel.value(underlying: underlying)
        case .normalQuadratic(let kernel): kernel.value(underlying: underlying)
        case .lattice(let kernel): kernel.value(underlying: underlying)
        }
    }

    /// The value at one of some underlyings, by its place, with the bits that ``ScenarioValues`` gives it;
    /// ln(U/K) = ln U − ln K, with the terms' `logStrike`.
    package func value(at underlyings: Underlyings, _ place: Int, logStrike: Double) -> Double {
        let (underlying, logarithm) = (underlyings.prices[place], underlyings.logarithms[place])
        return switch kernel {
        case .lognormal(let option): option.valueOrLimit(underlying: underlying, logMoneyness: logarithm - logStrike)
        case .quadratic(let option): option.value(underlying: underlying, logMoneyness: logarithm - logStrike)
        case .deterministic, .normal, .normalQuadratic, .lattice: value(underlying: underlying)
        }
    }

    /// The values at `underlying` after each move, in their order; the last bits may differ from those of
    /// ``value(underlying:)``.
    ///
    /// One logarithm serves all moves of a lognormal European option: ln(U·e^move/K) = ln(U/K) + move. About 15 ns a
    /// value.
    package func values(underlying: Double, moves: LogarithmicMoves) -> [Double] {
        guard case .lognormal(let option) = kernel, underlying > 0 else {
            return moves.factors.map { value(underlying: underlying * $0) }
        }
        return option.values(underlying: underlying, moves: moves)
    }

    /// The sensitivity to the underlying, dV/dU: calls ≥ 0, puts ≤ 0.
    ///
    /// European: closed form. American: central difference of 1e-4·U, two values. At time ≤ 0: 1, ½ at the money, 0
    /// (a put with a minus). An underlying ≤ 0 under a lognormal model takes the limit at zero.
    package func delta(underlying: Double) -> Double {
        switch kernel {
        case .deterministic(let kernel): kernel.delta(underlying: underlying)
        case .lognormal(let kernel): kernel.delta(underlying: underlying)
        case .normal(let kernel): kernel.delta(underlying: underlying)
        case .quadratic(let kernel):
            underlying <= 0 ? kernel.european.sign < 0 ? -1 : 0 : difference(underlying, bump: 1e-4 * underlying)
        case .normalQuadratic(let kernel):
            difference(underlying, bump: 1e-4 * max(abs(underlying), kernel.european.deviation))
        case .lattice(let kernel):
            kernel.walk == .arithmetic
                ? difference(underlying, bump: 1e-4 * max(abs(underlying), kernel.deviation))
                : underlying <= 0
                    ? kernel.terms.sign < 0 ? -1 : 0 : difference(underlying, bump: 1e-4 * underlying)
        }
    }

    private func difference(_ underlying: Double, bump: Double) -> Double {
        (value(underlying: underlying + bump) - value(underlying: underlying - bump)) / (2 * bump)
    }

    /// The σ√T at or below which the volatility cannot be told from none.
    static func leastDeviation(_ terms: VanillaOption) -> Double {
        guard case .american = terms.exercise else { return 0 }
        return terms.model == .bachelier ? 1e-12 * abs(terms.strike) : 1e-9
    }
}

/// Logarithmic moves of an underlying, with the factors e^move that they multiply it by.
package struct LogarithmicMoves: Sendable {
    package let moves: [Double]
    package let factors: [Double]

    /// One factor a move.
    package init(moves: [Double], factors: [Double]) {
        precondition(moves.count == factors.count, "a move has a factor")
        self.moves = moves
        self.factors = factors
    }
}

/// The value of one long option, in price units; see ``PreparedOption/value(underlying:)`` for the limits.
///
/// Prepares and values once: hold a ``PreparedOption`` to value the same option at several underlyings. Equal to its
/// bits; a European option is valued without making one, in half the time.
package func optionValue(_ terms: VanillaOption, underlying: Double, volatility: Double, time: Double) -> Double {
    let deviation = volatility * time.squareRoot()
    // False where the time or the volatility is not above 0, or is not a number.
    if case .european = terms.exercise, deviation > 0 {
        return terms.model == .bachelier
            ? Bachelier(terms, deviation: deviation, time: time).value(underlying: underlying)
            : GeneralisedBlackScholes(terms, deviation: deviation, time: time).value(underlying: underlying)
    }
    return PreparedOption(terms, volatility: volatility, time: time).value(underlying: underlying)
}
