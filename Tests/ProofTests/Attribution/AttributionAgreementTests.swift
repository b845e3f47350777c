import Attribution
import ClearingModel
import Margining
import PlainMargin
import Quantities
import TestSupport
import Testing

/// The product's attribution (`Sources/Attribution`) against the second implementation, on random pairs of nights: both
/// chains, effects, interaction and correction of every account. A failure prints the seed of its houses.
struct AttributionAgreementTests {
    static let blocks = 0..<4
    private static let housesABlock: UInt64 = 250
    /// Marks that the houses leave, and how often at least, block by block.
    private static let least = [
        "attributed": 1200, "half unit": 500, "interaction": 800, "new or gone": 200, "call currency changed": 20,
        "expired": 120, "settled finally": 40, "listed today": 90, "type changed": 20, "correction": 200,
        "other code": 80, "parameters lost": 40, "moved by another account": 30, "several owners": 60,
    ]

    @Test(arguments: blocks) func `both implementations attribute random nights alike`(_ block: Int) async throws {
        var (tally, differing) = ([String: Int](), 0)
        let first = 31_300_000 + UInt64(block) * Self.housesABlock
        for seed in first..<first + Self.housesABlock where differing < 3 {
            let pair = try PairedNights(seed: seed)
            guard let differences = try await pair.differences(&tally) else {
                tally["refused", default: 0] += 1
                continue
            }
            if !differences.isEmpty { differing += 1 }
            #expect(differences.isEmpty, "seed \(seed): \(differences.prefix(6).joined(separator: "\n"))")
        }
        guard differing == 0 else { return }
        for (mark, count) in Self.least {
            #expect(tally[mark, default: 0] >= count, "\(mark): \(tally[mark, default: 0])")
        }
        print("attribution, block \(block):", tally.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }
}

/// A random pair of nights with what was published and reported of them.
private struct PairedNights {
    private let nights: PlainNights
    private let commodities: [PlainCommodity]
    private let states: [PlainNights.State: [String: PlainNights.Figures]]
    private let published: (yesterday: [String: PlainNights.Figures], today: [String: PlainNights.Figures])
    private let reported: [String: [FigureAttributed: Rational]]

    init(seed: UInt64) throws {
        let house = try AttributionHouse(seed: seed)
        nights = PlainNights(yesterday: house.yesterday, today: house.today, option: SeriesRepricing.option)
        commodities = house.yesterday.parameters.commodities
        var states: [PlainNights.State: [String: PlainNights.Figures]] = [:]
        let kinds = PlainInputKind.allCases
        for count in 0...kinds.count {
            for state in [PlainNights.State(kinds.prefix(count)), PlainNights.State(kinds.suffix(count))] {
                states[state] = nights.figures(state)
            }
        }
        self.states = states
        var random = SeededGenerator(seed: seed + 7)
        var ends = (states[[]] ?? [:], states[PlainNights.State(kinds)] ?? [:])
        // Other code than today's has published a little more.
        if random.once(in: 4) {
            for code in ends.0.keys.sorted() { ends.0[code]?.requirement += Rational(random.whole(0...3)) }
        }
        published = ends
        var reported: [String: [FigureAttributed: Rational]] = [:]
        for code in house.yesterday.rest.accounts.keys.sorted() where random.once(in: 4) {
            reported[code] = [random.one(of: FigureAttributed.allCases): Rational(random.whole(1...90_000))]
        }
        self.reported = reported
    }

    private func terms(_ account: String) -> (before: PlainNightTerms.Account?, after: PlainNightTerms.Account?) {
        (nights.yesterday.rest.accounts[account], nights.today.rest.accounts[account])
    }

    private func unit(_ currency: String) -> Rational {
        let decimals = nights.today.rest.currencies.first { $0.code == currency }?.decimals ?? 0
        return Rational(1, over: Rational.tenTo(decimals))
    }

    /// Every figure that differs, in words; nil where the product refuses a random house's rows.
    func differences(_ tally: inout [String: Int]) async throws -> [String]? {
        let found: NightAttribution
        do {
            found = try await attribution(threads: 1)
            let again = try await attribution(threads: 3)
            guard found.figures == again.figures else { return ["other figures on three threads"] }
        } catch is MarginBookError {
            return nil
        }
        var rows = Dictionary(grouping: found.figures) { [$0.account.text, $0.figure.rawValue] }
        var differences: [String] = []
        for account in nights.yesterday.rest.accounts.keys.sorted() {
            let (before, after) = (published.yesterday[account], published.today[account])
            let (old, new) = terms(account)
            if before != nil, after != nil, old?.callCurrency != new?.callCurrency {
                tally["call currency changed", default: 0] += 1
                if !found.callCurrencyChanged.contains(AccountCode(account)) {
                    differences.append("\(account) not listed")
                }
                continue
            }
            count(account, &tally)
            let currency = (after == nil ? old : new)?.callCurrency ?? ""
            for figure in FigureAttributed.allCases {
                let told = reported[account]?[figure]
                let ofFigure = { (figures: PlainNights.Figures) in
                    figure == .requirement ? figures.requirement : figures.addOns
                }
                let row = rows.removeValue(forKey: [account, figure.rawValue])?.first
                let isNothing = figure == .requirement && before == nil && after == nil && reported[account] == nil
                let isZero = figure == .addOns && [before, after].allSatisfy { ($0.map(ofFigure) ?? 0) == 0 }
                if isNothing || (isZero && (told ?? 0) == 0) {
                    if row != nil { differences.append("\(account) has a row of \(figure)") }
                    continue
                }
                let plain = PlainNights.change(
                    from: before.map(ofFigure), to: after.map(ofFigure), reported: told, unit: unit(currency)
                ) { state in states[state]?[account].map(ofFigure) ?? 0 }
                count(plain, unit: unit(currency), told: told, &tally)
                let product = row.map { transcript($0, unit: unit(currency)) }
                if product != plain {
                    differences.append(
                        "\(account) \(figure): \(plain)\n  product: \(product.map { "\($0)" } ?? "none")")
                }
            }
        }
        differences += rows.keys.map { "a row of \($0)" }.sorted()
        return differences
    }

    private func attribution(threads: Int) async throws -> NightAttribution {
        func inputs(_ night: PlainNight, _ figures: [String: PlainNights.Figures]) throws -> NightInputs {
            var rows: [AccountCode: PublishedFigures] = [:]
            for (code, figure) in figures {
                let unit = unit(night.rest.accounts[code]?.callCurrency ?? "")
                rows[AccountCode(code)] = PublishedFigures(
                    requirement: units(figure.requirement, unit), addOns: units(figure.addOns, unit))
            }
            return try AttributionTranslation(night: night, commodities: commodities).inputs(published: rows)
        }
        var told: [AccountCode: [FigureAttributed: Int64]] = [:]
        for (code, figures) in reported {
            let (old, new) = terms(code)
            let unit = unit((published.today[code] == nil ? old : new)?.callCurrency ?? "")
            told[AccountCode(code)] = figures.mapValues { units($0, unit) }
        }
        return try await NightAttribution.compute(
            CrossedNights(
                yesterday: try inputs(nights.yesterday, published.yesterday),
                today: try inputs(nights.today, published.today)),
            reported: told, threads: threads
        ) { _, _, _, _ in throw ProofError(what: "nothing is simulated") }
    }

    private func units(_ amount: Rational, _ unit: Rational) -> Int64 { Int64((amount / unit).numerator) }

    /// The product's row in the plain form.
    private func transcript(_ row: AttributedFigure, unit: Rational) -> PlainChange {
        func amount(_ units: Int64) -> Rational { Rational(Int(units)) * unit }
        var plain = PlainChange(yesterday: row.change.yesterday.map(amount), today: row.change.today.map(amount))
        plain.correction = amount(row.correction)
        plain.forward = row.change.effects.map { amount($0.forward) }
        plain.reverse = row.change.effects.map { amount($0.reverse) }
        plain.effects = row.change.effects.map { amount($0.effect) }
        plain.largest = row.change.largestInteraction.map(\.kind.place)
        return plain
    }

    private func count(_ plain: PlainChange, unit: Rational, told: Rational?, _ tally: inout [String: Int]) {
        func note(_ mark: String, _ holds: Bool) { if holds { tally[mark, default: 0] += 1 } }
        let isWhole = plain.yesterday != nil && plain.today != nil
        note("attributed", isWhole)
        note("new or gone", !isWhole)
        note("correction", told != nil)
        note("interaction", plain.largest != nil)
        note(
            "half unit",
            zip(plain.forward, plain.reverse).contains { (($0 + $1) / 2 / unit).denominator != 1 })
    }

    private func count(_ account: String, _ tally: inout [String: Int]) {
        func note(_ mark: String, _ holds: Bool) { if holds { tally[mark, default: 0] += 1 } }
        let (before, after) = (nights.yesterday, nights.today)
        let (held, holds) = (before.held[account] ?? [:], after.held[account] ?? [:])
        guard !held.isEmpty, !holds.isEmpty else { return }
        func holdsOne(_ held: [String: [PlainPosition]], _ isMeant: (String) -> Bool) -> Bool {
            held.values.contains { $0.contains { isMeant($0.series) } }
        }
        note("expired", holdsOne(held) { !after.list.contains($0) })
        note("settled finally", holdsOne(held) { after.quotes[$0]?.final != nil })
        note("listed today", holdsOne(holds) { !before.list.contains($0) })
        note("several owners", holds.count > 1)
        note("type changed", terms(account).before?.type != terms(account).after?.type)
        note("other code", published.yesterday[account] != states[[]]?[account])
        note("parameters lost", after.parameters.commodities.count < before.parameters.commodities.count)
        let (from, to) = (states[[.time]]?[account], states[[.time, .positions]]?[account])
        note("moved by another account", held == holds && from?.requirement == to?.requirement && from != to)
    }
}
