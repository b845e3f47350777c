import ClearingModel
import Margining
import Quantities
import TextFiles
import Validation

/// Results of validation under the names of a neutral case's expectations.
enum ValidationFigures {
    static func statistic(_ value: Double) -> JSONValue { .number("\(value)") }

    static func exact(_ value: ExactFraction) -> JSONValue {
        .text(value.denominator == 1 ? "\(value.numerator)" : "\(value.numerator)/\(value.denominator)")
    }

    static func count(_ value: Int) -> JSONValue { .number("\(value)") }

    static func unit(_ unit: UnitTests) -> JSONValue {
        var members: [String: JSONValue] = ["raw": tests(unit.raw), "verdict": .text(unit.verdict.rawValue)]
        members["thinned"] = unit.thinned.map { thinned in
            var members: [String: JSONValue] = [
                "series": .array(thinned.series.map { tests($0.tests) }),
                "pof_p": statistic(thinned.proportionOfFailuresP), "p_at_least": statistic(thinned.atLeastP),
                "p_at_most": statistic(thinned.atMostP), "zone": .text(thinned.zone.rawValue),
            ]
            members["independence_p"] = thinned.independenceP.map(statistic)
            members["conditional_p"] = thinned.conditionalP.map(statistic)
            return .object(members)
        }
        return .object(members)
    }

    static func tests(_ tests: CoverageTests) -> JSONValue {
        let pairs = tests.pairs
        let light = tests.trafficLight
        var members: [String: JSONValue] = [
            "n": count(tests.nights), "x": count(tests.exceptions), "coverage": exact(tests.coverage),
            "coverage_interval": .array([
                statistic(tests.coverageInterval.lower), statistic(tests.coverageInterval.upper),
            ]),
            "pof": statistic(tests.proportionOfFailures), "pof_p": statistic(tests.proportionOfFailuresP),
            "p_at_least": statistic(tests.atLeastP), "p_at_most": statistic(tests.atMostP),
            "pairs": .array([pairs.n00, pairs.n01, pairs.n10, pairs.n11].map(count)),
            "traffic_light": .object([
                "cumulative": statistic(light.cumulative), "zone": .text(light.zone.rawValue),
                "first_yellow": count(light.firstYellow), "first_red": count(light.firstRed),
            ]),
        ]
        members["independence"] = tests.independence.map(statistic)
        members["independence_p"] = tests.independenceP.map(statistic)
        members["conditional"] = tests.conditional.map(statistic)
        members["conditional_p"] = tests.conditionalP.map(statistic)
        return .object(members)
    }

    static func shortfall(_ test: ShortfallTest) -> JSONValue {
        func statistics(_ found: ShortfallTest.Statistic) -> [String: JSONValue] {
            var members = [
                "z2": statistic(found.z2), "n": count(found.nights), "exceedances": count(found.exceedances),
            ]
            members["zone"] = found.zone.map { .text($0.rawValue) }
            return members
        }
        var members = statistics(test.whole)
        members["thinned"] = test.thinned.map { thinned in
            .object([
                "series": .array(thinned.series.map { .object(statistics($0.statistic)) }),
                "decides": count(thinned.series[thinned.decides].remainder),
            ])
        }
        return .object(members)
    }

    /// `decimals` are those of the margins; `dates` the days of the series, where they are known.
    static func procyclicality(_ found: Procyclicality, decimals: Int, dates: [BusinessDate]) -> JSONValue {
        var members: [String: JSONValue] = [
            "peak_to_trough": statistic(found.peakToTrough),
            "average": statistic(found.mean / PowersOfTen.double(decimals)),
            "rises": .array(
                found.rises.map { rise in
                    var members = ["days": count(rise.days), "rise": statistic(rise.rise)]
                    if let start = rise.start, let length = rise.length {
                        members["at"] = .array([count(start), count(length)])
                    }
                    return .object(members)
                }),
        ]
        members["cost"] = found.cost.map(statistic)
        members["responsiveness"] = found.responsiveness.map { answer in
            .object([
                "date": .text(dates.indices.contains(answer.day) ? "\(dates[answer.day])" : "\(answer.day + 1)"),
                "volatility_ratio": statistic(answer.volatilityRatio), "margin_ratio": statistic(answer.marginRatio),
                "elasticity": statistic(answer.elasticity),
            ])
        }
        return .object(members)
    }

    static func refusal(_ refusal: ValidationRefusal) -> JSONValue {
        .object(["rule": .text(refusal.rule.rawValue), "item": .text(refusal.item)])
    }
}
