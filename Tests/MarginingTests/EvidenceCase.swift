import ClearingModel
import Margining
import Quantities
import Scenarios
import TestSupport

/// One case file of the evidence folder as a book, published arrays and accounts.
struct EvidenceCase {
    let book: MarginBook
    let kernel: MarginKernel
    let accounts: [(terms: AccountTerms, positions: [Position], input: JSONValue)]
    let expected: JSONValue

    init(_ file: JSONValue) throws {
        guard let input = file["input"], let expected = file["expected"] else { throw CaseError(what: "no input") }
        var rows = MarginBookRows()
        for (code, row) in input["currencies"]?.members ?? [:] {
            rows.currencies.append(
                Currency(code: try currencyCode(code), decimals: Int(try row.text("minor_unit_decimals")) ?? 2))
        }
        for row in input["combined_commodities"]?.list ?? [] { try rows.add(commodity: row) }
        let arrays = expected["risk_arrays"]?.members ?? [:]
        for row in input["contracts"]?.list ?? [] where arrays[try row.text("key")] != nil {
            try rows.add(contract: row)
        }
        for row in input["inter_spreads"]?.list ?? [] { try rows.add(interSpread: row) }
        for row in input["fx"]?.list ?? [] {
            rows.conversions.append(
                CurrencyConversion(
                    from: try currencyCode(row.text("from")), to: try currencyCode(row.text("to")),
                    rate: try row.decimal("rate"), haircut: try row.decimal("haircut")))
        }
        let book = try MarginBook(rows)
        let published = try arrays.map { key, row in
            let series = SeriesCode(key)
            guard let index = book.seriesIndex(of: series) else { throw CaseError(what: "no series \(key)") }
            let decimals = book.combinedCommodities[book.series[index].combinedCommodity].arrayDecimals
            return PublishedRiskArray(
                series: series, arrayDecimals: decimals,
                values: row["array"]?.list.compactMap { $0.decimal?.minorUnits(decimals: decimals) } ?? [],
                compositeDelta: CompositeDelta(Delta(rounding: try row.decimal("composite_delta"))),
                priceScanRange: try row.decimal("price_scan_range"))
        }
        self.book = book
        self.expected = expected
        kernel = MarginKernel(book: book, arrays: try PublishedArrays(published, in: book))
        let callCode = try currencyCode(input.text("call_currency"))
        guard let call = book.currencies.first(where: { $0.code == callCode }) else {
            throw CaseError(what: "no call currency")
        }
        accounts = try (input["accounts"]?.list ?? []).map { row in
            let owners = row["owners"]?.list ?? []
            let type: [String: MarginingType] = [
                "net": .net, "gross_omnibus": .grossOmnibus, "segregated": .segregated,
            ]
            let codes = try owners.map { OwnerCode(try $0.text("id")) }
            let terms = AccountTerms(
                account: AccountCode(try row.text("id")), marginingType: type[try row.text("type")] ?? .net,
                owners: codes.isEmpty ? [.none] : codes, initialRatio: row["initial_ratio"]?.decimal ?? .one,
                netOptionValueIsCapped: row["nov_capped"]?.flag ?? false, offsetCap: row["offset_cap"]?.decimal,
                callCurrency: call)
            var positions: [Position] = []
            for (owner, source) in (owners.isEmpty ? [row] : owners).enumerated() {
                for position in source["positions"]?.list ?? [] {
                    guard let series = book.seriesIndex(of: SeriesCode(try position.text("contract"))) else {
                        throw CaseError(what: "position in an unlisted contract")
                    }
                    func units(_ key: String) -> Int64 { position[key]?.text.flatMap { Int64($0) } ?? 0 }
                    let quantity = units("quantity")
                    positions.append(
                        Position(
                            owner: Int32(owner), series: Int32(series), long: max(quantity, 0) + units("long"),
                            short: max(-quantity, 0) + units("short")))
                }
            }
            // Where the case begins with yesterday's book, today's positions are among its expectations (§11).
            let closing = expected["accounts"]?.list.first { $0["id"] == row["id"] }?["closing_positions"]
            for (key, quantity) in closing?.members ?? [:] {
                guard let series = book.seriesIndex(of: SeriesCode(key)),
                    let units = quantity.text.flatMap({ Int64($0) })
                else { throw CaseError(what: "closing position in an unlisted contract") }
                positions.append(Position(series: Int32(series), quantity: units))
            }
            return (terms, positions, row)
        }
    }
}

func currencyCode(_ text: String) throws -> CurrencyCode {
    guard let code = CurrencyCode(text) else { throw CaseError(what: "no currency \(text)") }
    return code
}

func contractMonth(_ text: String) throws -> ContractMonth {
    guard let month = ContractMonth(text) else { throw CaseError(what: "no month \(text)") }
    return month
}

extension MarginBookRows {
    fileprivate mutating func add(commodity row: JSONValue) throws {
        let code = CombinedCommodityCode(try row.text("id"))
        combinedCommodities.append(
            CombinedCommodity(code: code, name: code.text, currency: try currencyCode(row.text("currency"))))
        let set = ScenarioSetCode(code.text)
        scenarioSets.append(
            try .classic(
                code: set, extremeMultiple: row["extreme_multiple"]?.decimal ?? ExactDecimal(2),
                extremeCover: row["extreme_cover"]?.decimal ?? ExactDecimal(mantissa: 35, scale: 2)))
        let minimum = row["short_option_minimum"]
        margins.append(
            CombinedCommodityMargin(
                combinedCommodity: code, scenarioSet: set, priceScanRange: .amount(.zero),
                volatilityScanRange: .relative(.zero), volatilityFloor: .one,
                arrayDecimals: row["array_decimals"]?.text.flatMap { Int($0) },
                weightedPriceRiskMethod: WeightedPriceRiskMethod(rawValue: row["weighted_price_risk"]?.text ?? "")
                    ?? .capped,
                shortOptionMinimumMethod: ShortOptionMinimumMethod(rawValue: minimum?["method"]?.text ?? "") ?? .gross,
                shortOptionMinimumRate: minimum?["rate"]?.decimal ?? .zero))
        let apart = Set((row["scan_tiers"]?.list ?? []).compactMap(\.text))
        for tier in row["tiers"]?.list ?? [] {
            let id = try tier.text("id")
            for month in tier["months"]?.list ?? [] {
                monthTiers.append(
                    MonthTier(
                        combinedCommodity: code, tier: TierCode(id),
                        contractMonth: try contractMonth(month.text ?? ""),
                        isScannedApart: apart.contains(id)))
            }
        }
        for charge in row["delivery"]?.list ?? [] {
            deliveryCharges.append(
                DeliveryCharge(
                    combinedCommodity: code, contractMonth: try contractMonth(charge.text("month")),
                    outrightRate: try charge.decimal("outright_rate"), spreadRate: try charge.decimal("spread_rate"),
                    appliesTo: DeliverySide(rawValue: charge["applies_to"]?.text ?? "") ?? .both))
        }
        for spread in row["intra_spreads"]?.list ?? [] { try add(intraSpread: spread, of: code) }
    }

    private mutating func add(intraSpread row: JSONValue, of code: CombinedCommodityCode) throws {
        let spread = SpreadCode(try row.text("id"))
        guard let charge = row["charge"], let kind = IntraSpreadLegKind(rawValue: try row.text("kind")) else {
            throw CaseError(what: "no charge of \(spread)")
        }
        let rate = try charge.decimal("rate")
        intraSpreads.append(
            IntraSpread(
                combinedCommodity: code, spread: spread, legKind: kind, priority: Int(try row.text("priority")) ?? 1,
                charge: try charge.text("kind") == "flat" ? .flat(rate) : .weightedPriceRisk(rate)))
        for (number, leg) in (row["legs"]?.list ?? []).enumerated() {
            let pool: IntraSpreadPool =
                if let tier = leg["tier"]?.text {
                    .tier(TierCode(tier))
                } else {
                    .month(try contractMonth(leg.text("month")))
                }
            intraSpreadLegs.append(
                IntraSpreadLeg(
                    combinedCommodity: code, spread: spread, leg: number + 1,
                    side: SpreadSide(rawValue: try leg.text("side")) ?? .a, pool: pool, ratio: try leg.decimal("ratio")
                ))
        }
    }

    fileprivate mutating func add(contract row: JSONValue) throws {
        let key = try row.text("key")
        let month = try contractMonth(row.text("month"))
        let option = try row.text("kind") == "option"
        let style = OptionStyle(rawValue: row["style"]?.text ?? "") ?? .premium
        contracts.append(
            Contract(
                code: ContractCode(key), combinedCommodity: CombinedCommodityCode(try row.text("combined_commodity")),
                contractValueFactor: try row.decimal("contract_value_factor"),
                deltaScalingFactor: row["delta_scaling_factor"]?.decimal ?? .one,
                kind: option
                    ? .option(
                        OptionTerms(
                            model: .black76, exercise: .european, style: style, volatilitySource: .implied,
                            discountRate: RateCode("R")))
                    : .future(FutureTerms())))
        let kind: SeriesKind =
            if option {
                .option(
                    OptionSeriesTerms(
                        right: OptionRight(rawValue: try row.text("right")) ?? .call,
                        strike: try row.decimal("strike"),
                        underlying: UnderlyingCode("U"),
                        expiryDate: BusinessDate(try row.text("expiry")) ?? BusinessDate(dayNumber: 0)))
            } else {
                .future(expiryDate: nil, underlying: nil)
            }
        series.append(Series(code: SeriesCode(key), contract: ContractCode(key), contractMonth: month, kind: kind))
        settlementPrices[SeriesCode(key)] = row["settlement"]?.decimal
    }

    fileprivate mutating func add(interSpread row: JSONValue) throws {
        let spread = SpreadCode(try row.text("id"))
        guard let kind = InterSpreadKind(rawValue: try row.text("kind")) else { throw CaseError(what: "no kind") }
        interSpreads.append(
            InterSpread(
                spread: spread, priority: Int(try row.text("priority")) ?? 1, kind: kind,
                isSuper: row["super"]?.flag ?? false,
                creditRate: row["rate"]?.decimal))
        for (number, leg) in (row["legs"]?.list ?? []).enumerated() {
            interSpreadLegs.append(
                InterSpreadLeg(
                    spread: spread, leg: number + 1,
                    combinedCommodity: CombinedCommodityCode(try leg.text("combined_commodity")),
                    tier: leg["tier"]?.text.map { TierCode($0) },
                    side: SpreadSide(rawValue: try leg.text("side")) ?? .a,
                    ratio: leg["ratio"]?.decimal ?? .one, creditRate: leg["rate"]?.decimal))
        }
    }
}
