import Attribution
import ClearingModel
import Quantities
import Runtime
import Scenarios
import TextFiles

/// A case of attribution: two houses, each margined by a night of its own, and the states between them
/// (docs/methodology.md §13).
struct AttributionCase {
    let yesterday: CaseImport
    let today: CaseImport
    private let input: JSONValue

    /// - Throws: `Failure` 65 for a house that is missing or cannot be brought in.
    init(_ input: JSONValue) throws {
        guard let before = input["yesterday"], let after = input["today"] else {
            throw Failure(.inputRejected, "attribution lacks yesterday or today", hint: "both are houses")
        }
        self.input = input
        yesterday = try CaseImport(before, codes: .ofContracts)
        today = try CaseImport(after, codes: .ofContracts)
    }

    /// What the two nights' published runs come to, in the form of the case's expectations.
    func document(_ before: NightInputs, _ after: NightInputs, expected: JSONValue) async throws -> JSONValue {
        let nights = try CrossedNights(yesterday: before, today: after, conventions: .neutralCase)
        let attribution = try await NightAttribution.compute(nights, reported: try reported(after), threads: 1) {
            _, _, _, _ in
            throw Failure(.inputRejected, "a neutral case has no histories of simulated groups")
        }
        let stated = expected.list("attribution")
        var members = ["attribution": JSONValue.array(attribution.figures.map { $0.document(among: stated) })]
        if !attribution.callCurrencyChanged.isEmpty {
            members["refused"] = .array(
                attribution.callCurrencyChanged.map {
                    .object(["rule": .text("call_currency_changed"), "item": .text($0.text)])
                })
        }
        return .object(members)
    }

    /// What members were told of yesterday, in minor units of the accounts' call currency.
    private func reported(_ night: NightInputs) throws -> [AccountCode: [FigureAttributed: Int64]] {
        var reported: [AccountCode: [FigureAttributed: Int64]] = [:]
        let code = try today.input.required("call_currency")
        guard let currency = night.house.currencies.first(where: { $0.code.description == code }) else {
            throw Failure(.inputRejected, "call_currency \(code) is none of the currencies")
        }
        for (account, figures) in (input["reported"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            for figure in FigureAttributed.allCases where figures[figure.rawValue] != nil {
                reported[AccountCode(account), default: [:]][figure] =
                    Money(rounding: try figures.decimal(figure.rawValue), currency: currency).minorUnits
            }
        }
        return reported
    }
}

extension AttributedFigure {
    /// The row as a case states it. What is 0 may be left out of a case, and of an account that only one night has
    /// the chains, which were not run.
    fileprivate func document(among stated: [JSONValue]) -> JSONValue {
        let expected = stated.first {
            $0.optional("account") == account.text && $0.optional("figure") == figure.rawValue
        }
        var members: [String: JSONValue] = ["account": .text(account.text), "figure": .text(figure.rawValue)]
        for (name, amount) in [("yesterday", change.yesterday ?? 0), ("today", change.today ?? 0)]
        where amount != 0 || expected?[name]?.text != nil {
            members[name] = text(amount)
        }
        if let reported { members["reported"] = text(reported) }
        if correction != 0 || expected?["correction"] != nil || reported != nil {
            members["correction"] = text(correction)
        }
        members["effects"] = byKind(\.effect)
        let isWhole = change.yesterday != nil && change.today != nil
        for (name, amounts) in [
            ("forward", \AttributedChange.Effect.forward), ("reverse", \.reverse), ("interaction", \.interaction),
        ] where isWhole || expected?[name] != nil {
            members[name] = byKind(amounts)
        }
        members["largest_interaction"] = change.largestInteraction.map {
            .object(["effect": .text($0.kind.rawValue), "amount": text($0.interaction)])
        }
        return .object(members)
    }

    private func byKind(_ amount: KeyPath<AttributedChange.Effect, Int64>) -> JSONValue {
        .object(
            Dictionary(
                change.effects.map { ($0.kind.rawValue, text($0[keyPath: amount])) },
                uniquingKeysWith: { first, _ in first }))
    }

    private func text(_ amount: Int64) -> JSONValue {
        .text(Money(minorUnits: amount, currency: currency).amount.text(decimals: currency.decimals))
    }
}
