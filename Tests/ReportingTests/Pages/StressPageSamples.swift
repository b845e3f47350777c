import Quantities
import Reporting

/// Contents of the page of stress to render: a small house as a night of the demo house gives it, one of many
/// scenarios, one of long amounts, and one that asks for nothing beyond its scenarios.
enum StressPageSamples {
    static func exact(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? .zero }

    private static func scenario(
        _ number: Int, _ code: String, _ kind: String, _ shares: [(String, ExactDecimal)], fund: ExactDecimal,
        isMaximum: Bool = false
    ) -> PageScenario {
        let need = shares.map(\.1).reduce(.zero, +)
        let hundredths = need.signum > 0 ? Int128((fund.double / need.double * 1_000_000).rounded()) : 0
        return PageScenario(
            number: number, code: code, kind: kind, isMaximum: isMaximum,
            shares: shares.map { PageShare(group: $0.0, shortfall: $0.1) }, coverOne: shares.first?.1 ?? .zero,
            coverTwo: need, mutualised: need,
            sufficiency: need.signum > 0 ? ExactDecimal(mantissa: hundredths, scale: 6) : nil,
            isSufficient: need <= fund)
    }

    /// A night of eight scenarios, four of them with a need, every edge reached, and two rounds.
    static var small: StressPageContent {
        let fund = exact("4000000.00")
        var content = StressPageContent(
            stressSet: "eight", currency: "USD", decimals: 2, coverCount: 2, fund: fund, reverseMax: exact("6"),
            followsDefaults: true)
        content.scenarios = [
            scenario(
                0, "no-offset", "bound",
                [("GROUP-10", exact("17680309.38")), ("GROUP-06", exact("16532753.14"))], fund: fund),
            scenario(1, "september-2008", "historical", [], fund: fund),
            scenario(2, "may-2011", "historical", [], fund: fund),
            scenario(3, "november-2014", "historical", [], fund: fund),
            scenario(
                4, "crash", "all_down",
                [("GROUP-10", exact("15043772.43")), ("GROUP-06", exact("11750276.45"))], fund: fund, isMaximum: true),
            scenario(
                5, "spike", "all_up",
                [("GROUP-03", exact("12797084.65")), ("GROUP-11", exact("9818825.53"))], fund: fund),
            scenario(
                6, "drift", "parallel", [("GROUP-03", exact("2243119.02")), ("GROUP-06", exact("1847944.42"))],
                fund: fund),
            scenario(7, "fear", "volatility_only", [], fund: fund),
            scenario(
                8, "glut", "twist", [("GROUP-10", exact("325924.04")), ("GROUP-07", exact("39383.22"))], fund: fund),
        ]
        let multiples = [
            "3.9365234375", "3.6875", "4.2666015625", "0.3310546875", "0.3896484375", "0.9912109375", "2.138671875",
            "1.5361328125",
        ]
        content.edges = multiples.enumerated().map { index, multiple in
            PageEdge(
                number: index + 1, code: content.scenarios[index + 1].code,
                outcome: .reached(
                    multiplier: exact(multiple), coverTwo: exact("400\(index)684.04"),
                    groups: ["GROUP-10", "GROUP-08"]),
                isSmallest: index == 3)
        }
        content.rounds = rounds
        content.ending = PageRoundsEnding(scenarioNumber: 4, scenario: "crash", capReached: false, reason: "")
        return content
    }

    private static var rounds: [PageRound] {
        var first = PageRound(
            number: 1, groups: ["01", "03", "04", "05", "08", "09", "11"].map { "GROUP-\($0)" },
            shortfall: exact("48463723.61"), fundLeft: .zero)
        first.impacts = [
            PageImpact(
                combinedCommodity: "BASIS", isSynthetic: true, netDelta: exact("132.6775"),
                priceMove: exact("-0.07129"), participation: exact("0.044226"), isMoreThanVolume: false),
            PageImpact(
                combinedCommodity: "WTI", isSynthetic: false, netDelta: exact("-58.4800"), priceMove: exact("0.1182"),
                participation: nil, isMoreThanVolume: true),
        ]
        first.survivors = [
            PageSurvivor(
                member: "M01", group: "GROUP-01", need: exact("17405284.93"), uncovered: exact("7590317.83"),
                resource: exact("300000.00"), defaults: true),
            PageSurvivor(
                member: "M02", group: "GROUP-02", need: exact("5289132.15"), uncovered: .zero,
                resource: exact("300000.00"), defaults: false),
            PageSurvivor(
                member: "M12", group: "GROUP-11", need: exact("298797.92"), uncovered: exact("294909.12"),
                resource: exact("300000.00"), defaults: false),
        ]
        return [
            PageRound(
                number: 0, groups: ["GROUP-10", "GROUP-06"], shortfall: exact("26794048.88"), fundLeft: .zero),
            first,
            PageRound(number: 2, groups: [], shortfall: exact("49110749.75"), fundLeft: exact("1250000.50")),
        ]
    }

    /// Forty scenarios of three groups with codes as long as may be, edges of every outcome, and eight rounds.
    static var large: StressPageContent {
        let fund = exact("123456789012.00")
        var content = StressPageContent(
            stressSet: "forty.and-a-name-as-long-as-a-code-of-the-database-may-be-made", currency: "JPY", decimals: 0,
            coverCount: 3, fund: fund, reverseMax: exact("10"), followsDefaults: true)
        content.scenarios = (0...40).map { number in
            let size = ExactDecimal((number * 7919 + 40) % 41)
            let shares = (1...3).map { place in
                (
                    "GROUP-\((number * 5 + place * 11) % 60)",
                    size * exact("1234567890.00") * ExactDecimal(4 - place)
                )
            }
            let code =
                number % 5 == 0
                ? "a-scenario-whose-code-has-\(number)-as-many-letters-as-a-code-may-have" : "s\(number)"
            return scenario(
                number, number == 0 ? "no-offset" : code, number == 0 ? "bound" : "other",
                size.signum == 0 ? [] : shares, fund: fund, isMaximum: number == 34)
        }
        content.edges = (1...40).map { number in
            let outcome: PageEdge.Reach =
                switch number % 8 {
                case 0: .notReached
                case 1: .domain(reason: "stress_log_of_non_positive: scenario \(number), series GAS-F-2019-02")
                default:
                    .reached(
                        multiplier: ExactDecimal(mantissa: Int128(number * 239), scale: 3), coverTwo: fund,
                        groups: ["GROUP-1", "GROUP-2", "GROUP-3"])
                }
            return PageEdge(
                number: number, code: content.scenarios[number].code, outcome: outcome, isSmallest: number == 2)
        }
        content.rounds = (0..<8).map { number in
            PageRound(
                number: number,
                groups: (0..<max(0, 9 - 2 * number)).map { "group-\(number)-\($0)-with-a-long-code" },
                shortfall: ExactDecimal(number + 1) * exact("20000000000"),
                fundLeft: max(.zero, fund - ExactDecimal(number + 1) * exact("20000000000")))
        }
        content.ending = PageRoundsEnding(scenarioNumber: 1, scenario: "s1", capReached: true, reason: "")
        return content
    }

    /// The small house in a currency of many digits: what fits 64 bits of minor units.
    static var wide: StressPageContent {
        let factor = ExactDecimal(1_000_000_000)
        func grown(_ amount: ExactDecimal) -> ExactDecimal { amount * factor }
        var content = small
        content.fund = grown(content.fund)
        content.scenarios = content.scenarios.map { row in
            scenario(
                row.number, row.code, row.kind, row.shares.map { ($0.group, grown($0.shortfall)) }, fund: content.fund,
                isMaximum: row.isMaximum)
        }
        content.edges = content.edges.map { edge in
            guard case .reached(let multiplier, let coverTwo, let groups) = edge.outcome else { return edge }
            return PageEdge(
                number: edge.number, code: edge.code,
                outcome: .reached(multiplier: multiplier, coverTwo: grown(coverTwo), groups: groups),
                isSmallest: edge.isSmallest)
        }
        content.rounds = content.rounds.map { round in
            var wide = PageRound(
                number: round.number, groups: round.groups, shortfall: grown(round.shortfall),
                fundLeft: grown(round.fundLeft))
            wide.impacts = round.impacts
            wide.survivors = round.survivors.map { member in
                PageSurvivor(
                    member: member.member, group: member.group, need: grown(member.need),
                    uncovered: grown(member.uncovered), resource: grown(member.resource), defaults: member.defaults)
            }
            return wide
        }
        return content
    }

    /// No need anywhere, no reverse stress, no default followed.
    static var bare: StressPageContent {
        var content = StressPageContent(
            stressSet: "bare", currency: "EUR", decimals: 2, coverCount: 1, fund: .zero, reverseMax: nil,
            followsDefaults: false)
        content.scenarios = [
            scenario(0, "no-offset", "bound", [], fund: .zero),
            scenario(1, "calm", "other", [], fund: .zero, isMaximum: true),
        ]
        return content
    }
}
