extension PlainStressHouse {
    /// §8.6 for every scenario; none where no grid is given.
    func reverseStress() -> [PlainReverseFigures] {
        guard let reverse else { return [] }
        var figures: [PlainReverseFigures] = []
        for scenario in scenariosByNumber {
            do throws(PlainStressRefusal) {
                figures.append(
                    PlainReverseFigures(scenario: scenario.number, status: try status(of: scenario, reverse)))
            } catch {
                figures.append(PlainReverseFigures(scenario: scenario.number, status: .refused(error)))
            }
        }
        return figures
    }

    private func status(
        of scenario: PlainStressScenario, _ reverse: PlainReverseTerms
    ) throws(PlainStressRefusal) -> PlainReverseFigures.Status {
        var high = reverse.step
        while try !exceedsFund(scenario, high) {
            high += reverse.step
            if high > reverse.max { return .notReached }
        }
        var low = high - reverse.step
        while high - low > "0.001" {
            let middle = (low + high) / 2
            if try exceedsFund(scenario, middle) { high = middle } else { low = middle }
        }
        let outcome = try outcome(scenario, times: high)
        return .reached(multiplier: high, cover: outcome.cover, groups: outcome.largest)
    }

    private func exceedsFund(
        _ scenario: PlainStressScenario, _ multiplier: Rational
    ) throws(PlainStressRefusal) -> Bool {
        try outcome(scenario, times: multiplier).cover > fundInBase
    }

    /// A scenario with all its moves multiplied; fund and covers stay as they are.
    package func outcome(
        _ scenario: PlainStressScenario, times multiplier: Rational
    ) throws(PlainStressRefusal) -> PlainStressOutcome {
        outcome(scenario.number, exposures(try stressArray(scenario, times: multiplier)))
    }

    /// The smallest multiplier's scenario, the lowest number among equals.
    func smallest(_ figures: [PlainReverseFigures]) -> Int? {
        var smallest: (scenario: Int, multiplier: Rational)?
        for figure in figures {
            guard case .reached(let multiplier, _, _) = figure.status else { continue }
            if let found = smallest, found.multiplier <= multiplier { continue }
            smallest = (figure.scenario, multiplier)
        }
        return smallest?.scenario
    }
}
