import ClearingModel
import Margining
import Quantities
import Runtime
import TextFiles
import Validation

extension ValidationCase {
    /// The case's house with an account a hypothetical portfolio, and what each holds.
    struct HypotheticalHouse {
        var input: JSONValue
        var portfolios: [(portfolio: HypotheticalPortfolio, held: Result<[FrozenPosition], ValidationRefusal>)]
        let nearest: [(combinedCommodity: CombinedCommodityCode, series: SeriesCode)]

        /// No account of a case has this in its code.
        static func account(_ portfolio: HypotheticalPortfolio) -> String { "HYPOTHETICAL.\(portfolio.code)" }
    }

    /// Nil where the case has no hypothetical portfolios.
    /// - Throws: `ValidationRefusal` `hypothetical_kind`.
    func hypotheticalHouse() throws -> HypotheticalHouse? {
        guard let hypothetical = stated["hypothetical"] else { return nil }
        let listing = HypotheticalListing(
            try input.list("contracts").map(listed), horizonEnd: try horizonEnd(),
            averageDailyVolumes: try volumes(hypothetical["average_daily_volumes"]))
        var house = HypotheticalHouse(
            input: input, portfolios: [],
            nearest: Set(input.list("combined_commodities").compactMap { $0.optional("id") }).sorted()
                .compactMap { code in
                    let code = CombinedCommodityCode(code)
                    return listing.nearestFuture(of: code).map { (code, $0) }
                })
        var accounts = input.list("accounts")
        for row in hypothetical.list("portfolios") {
            let portfolio = try self.portfolio(row)
            do throws(ValidationRefusal) {
                let positions = try listing.positions(of: portfolio)
                house.portfolios.append((portfolio, .success(positions)))
                accounts.append(Self.account(portfolio, positions))
            } catch {
                house.portfolios.append((portfolio, .failure(error)))
            }
        }
        house.input = .object(
            input.members.filter { $0.key != "validation" }.merging(["accounts": .array(accounts)]) { $1 })
        return house
    }

    private static func account(_ portfolio: HypotheticalPortfolio, _ positions: [FrozenPosition]) -> JSONValue {
        .object([
            "id": .text(HypotheticalHouse.account(portfolio)), "member": .text("HYPOTHETICAL"), "type": .text("net"),
            "positions": .array(
                positions.map { position in
                    .object(["contract": .text("\(position.series)"), "quantity": .text("\(position.net)")])
                }),
        ])
    }

    private func portfolio(_ row: JSONValue) throws -> HypotheticalPortfolio {
        let code = try row.required("code")
        let name = try row.required("kind")
        guard let kind = HypotheticalKind(rawValue: name) else {
            throw ValidationRefusal(
                .hypotheticalKind, code, table: "hypothetical_portfolio", column: "kind", "\(name) is no kind")
        }
        let lines = try row.list("lines").enumerated().map { index, line in
            let instrument = try line.required("instrument")
            guard let known = HypotheticalInstrument(rawValue: instrument) else {
                throw ValidationRefusal(
                    .hypotheticalKind, "\(code) \(index + 1)", table: "hypothetical_line", column: "instrument",
                    "\(instrument) is none of future, call, put")
            }
            let quantity: HypotheticalQuantity =
                line["adv_multiple"] == nil
                ? .contracts(try line.units("quantity"))
                : .averageDailyVolumes(try line.decimal("adv_multiple"))
            return HypotheticalLine(
                number: line["number"] == nil ? index + 1 : Int(try line.units("number")),
                combinedCommodity: CombinedCommodityCode(try line.required("combined_commodity")), instrument: known,
                monthRank: Int(try line.units("month_rank")),
                moneyness: line["moneyness"] == nil ? nil : try line.decimal("moneyness"), quantity: quantity)
        }
        return try HypotheticalPortfolio(code: HypotheticalPortfolioCode(code), kind: kind, lines: lines)
    }

    private func listed(_ row: JSONValue) throws -> ListedInstrument {
        let month = try row.required("month")
        guard let contractMonth = ContractMonth(month) else {
            throw Failure(.inputRejected, "month \(month) is no month")
        }
        let right = row.optional("kind") == "option" ? try row.required("right") : "future"
        guard let instrument = HypotheticalInstrument(rawValue: right) else {
            throw Failure(.inputRejected, "right \(right) is none of call, put")
        }
        return ListedInstrument(
            code: SeriesCode(try row.required("key")),
            combinedCommodity: CombinedCommodityCode(try row.required("combined_commodity")), instrument: instrument,
            contractMonth: contractMonth, expiryDate: row.optional("expiry").flatMap { BusinessDate($0) },
            strike: row["strike"] == nil ? nil : try row.decimal("strike"),
            underlyingPrice: row["underlying_price"] == nil ? nil : try row.decimal("underlying_price"))
    }

    private func volumes(_ value: JSONValue?) throws -> [CombinedCommodityCode: ExactDecimal] {
        var volumes: [CombinedCommodityCode: ExactDecimal] = [:]
        for key in (value?.members ?? [:]).keys { volumes[CombinedCommodityCode(key)] = try value?.decimal(key) }
        for row in value?.list ?? [] {
            let code = CombinedCommodityCode(try row.required("combined_commodity"))
            volumes[code] = try row.decimal("average_daily_volume")
        }
        return volumes
    }

    private func businessDate() throws -> BusinessDate {
        let text = try input.required("business_date")
        guard let date = BusinessDate(text) else { throw Failure(.inputRejected, "business_date \(text) is no date") }
        return date
    }

    /// The horizon in weekdays: a case's calendar has no holidays.
    private func horizonEnd() throws -> BusinessDate {
        var date = try businessDate()
        for _ in 0..<terms.horizonDays { date = date.weekday(before: false) }
        return date
    }

    /// What the portfolios and products of the house came to in the night.
    func hypothetical(_ house: HypotheticalHouse, rows: ResultRows) throws -> (
        document: JSONValue, refused: [JSONValue]
    ) {
        let (from, to) = (try businessDate(), try horizonEnd())
        let later = stated["hypothetical"]?["later"] ?? .object([:])
        let market = try CasePrices(input: input, prices: .object(["\(to)": later]))
        var refused: [JSONValue] = []
        let portfolios = house.portfolios.map { row -> JSONValue in
            var members: [String: JSONValue] = [
                "code": .text("\(row.portfolio.code)"), "kind": .text(row.portfolio.kind.rawValue),
            ]
            do {
                let positions = try row.held.get()
                let account = HypotheticalHouse.account(row.portfolio)
                let model = Self.sum(rows.rows("requirement", account: account), "converted_amount")
                // No charge of a whole member: nobody is this portfolio's.
                let ownRows = rows.rows("add_on", account: account).filter {
                    $0.text("level") == AddOnLevel.account.rawValue
                }
                let collected = model + Self.sum(ownRows, "converted_amount")
                members["positions"] = .object(
                    Dictionary(positions.map { ("\($0.series)", .text("\($0.net)")) }, uniquingKeysWith: { $1 }))
                for name in ["requirement", "margin", "model"] { members[name] = .text("\(model)") }
                members["collected"] = .text("\(collected)")
                let exposure = try market.closeOut(positions, isGross: false, from: from, to: to)
                members["exposure"] = .text("\(exposure)")
                members["exception"] = .flag(exposure > model)
            } catch {
                guard let refusal = error as? ValidationRefusal else { return .object(members) }
                var shown = ValidationFigures.refusal(refusal).members
                shown["portfolio"] = .text("\(row.portfolio.code)")
                shown["date"] = .text("\(from)")
                members["refused"] = .object(shown)
                refused.append(.object(shown))
            }
            return .object(members)
        }
        let products = try house.nearest.flatMap { nearest -> [JSONValue] in
            let found = try product(nearest.combinedCommodity, nearest.series, market, rows)
            refused.append(contentsOf: found.compactMap { $0["refused"] })
            return found
        }
        return (.object(["portfolios": .array(portfolios), "products": .array(products)]), refused)
    }

    private static func sum(_ rows: [ResultRow], _ column: String) -> ExactDecimal {
        rows.reduce(.zero) { $0 + (ExactDecimal($1.text(column)) ?? .zero) }
    }

    /// One long and one short unit: each side's row, with both beside it.
    private func product(
        _ commodity: CombinedCommodityCode, _ series: SeriesCode, _ market: CasePrices, _ rows: ResultRows
    ) throws -> [JSONValue] {
        let (from, to) = (try businessDate(), try horizonEnd())
        let arrays = CaseFigures(input: input, rows: rows).document()["risk_arrays"]
        let array = (arrays?["\(series)"]?.list("array") ?? []).compactMap { $0.text.flatMap { ExactDecimal($0) } }
        guard let worst = array.max(), let best = array.min() else { return [] }
        guard let prices = try market.horizonPrices(series, from: from, to: to) else {
            return ["long", "short"].map { side in
                let refusal = ValidationRefusal(
                    .priceMissing, "\(commodity) \(series) \(side) \(from)", table: "settlement_price",
                    "\(series) has no price on \(to)")
                return .object([
                    "combined_commodity": .text("\(commodity)"), "contract": .text("\(series)"), "side": .text(side),
                    "refused": ValidationFigures.refusal(refusal),
                ])
            }
        }
        let sides = try [("long", max(.zero, worst), Int64(1)), ("short", max(.zero, -best), -1)].map {
            side, loss, quantity in
            let position = FrozenPosition(series: series, long: max(0, quantity), short: max(0, -quantity))
            let exposure = try market.closeOut([position], isGross: false, from: from, to: to)
            let margin = try market.inCallCurrency(loss, from: prices.currency)
            return (
                side,
                [
                    "margin": JSONValue.text("\(margin)"), "exposure": .text("\(exposure)"),
                    "exception": .flag(exposure > margin),
                ]
            )
        }
        return sides.map { side, figures in
            var members = figures
            members["combined_commodity"] = .text("\(commodity)")
            members["contract"] = .text("\(series)")
            members["side"] = .text(side)
            for (other, both) in sides { members[other] = .object(both) }
            return .object(members)
        }
    }
}
