import ClearingModel
import Quantities
import TextFiles

extension SpanExport {
    /// A product family with its series that have an array.
    func write(_ contract: Contract, number: Int, of commodity: CombinedCommodity, to xml: inout XMLText) {
        let series = expressible.house.series.filter { $0.contract == contract.code && arrays[$0.code] != nil }
            .sorted { $0.code < $1.code }
        guard !series.isEmpty else { return }
        let type = Self.type(of: contract)
        xml.element("\(type.lowercased())Pf") { xml in
            xml.leaf("pfId", String(number))
            xml.leaf("pfCode", contract.code.text)
            if case .option(let terms) = contract.kind {
                xml.leaf("exercise", terms.exercise == .american ? "AMER" : "EURO")
            }
            xml.leaf("currency", commodity.currency.description)
            xml.leaf("cvf", contract.contractValueFactor.description)
            switch contract.kind {
            case .future:
                xml.leaf("valueMeth", "FUT")
                for one in series { writeFuture(one, of: contract, to: &xml) }
            case .option(let terms):
                xml.leaf("valueMeth", terms.style == .premium ? "EQTY" : "FUT")
                writeOptions(series, of: contract, to: &xml)
            }
        }
    }

    /// FUT, OOF for options on futures (Black-76 and Bachelier) or OOP for options on a price.
    static func type(of contract: Contract) -> String {
        switch contract.kind {
        case .future: "FUT"
        case .option(let terms): terms.model == .blackScholes ? "OOP" : "OOF"
        }
    }

    /// The number of a contract, as the field has it, and the house's own code.
    private func writeCode(_ series: Series, to xml: inout XMLText) {
        xml.leafIfAny("cId", seriesNumbers[series.code].map { String($0) })
        xml.leaf("desc", series.code.text)
    }

    private func writeFuture(_ series: Series, of contract: Contract, to xml: inout XMLText) {
        guard let array = arrays[series.code], case .future(let expiry, _) = series.kind else { return }
        xml.element("fut") { xml in
            writeCode(series, to: &xml)
            xml.leaf("pe", series.contractMonth.spanText)
            xml.leafIfAny("p", prices[series.code]?.description)
            xml.leafIfAny("setlDate", expiry.map(Self.text))
            writeScanRate(array, of: contract, to: &xml)
            write(array, of: contract.combinedCommodity, to: &xml)
        }
    }

    /// Options of one month, expiry and scan range stand in one `series`.
    private struct Group: Hashable {
        let month: ContractMonth
        let expiry: BusinessDate
        let priceScanRange: ExactDecimal
    }

    private func writeOptions(_ all: [Series], of contract: Contract, to xml: inout XMLText) {
        var groups: [Group: [(Series, OptionSeriesTerms, PublishedRiskArray)]] = [:]
        for series in all {
            guard case .option(let terms) = series.kind, let array = arrays[series.code] else { continue }
            let key = Group(
                month: series.contractMonth, expiry: terms.expiryDate, priceScanRange: array.priceScanRange)
            groups[key, default: []].append((series, terms, array))
        }
        let keys = groups.keys.sorted {
            ($0.month, $0.expiry, $0.priceScanRange) < ($1.month, $1.expiry, $1.priceScanRange)
        }
        for key in keys {
            guard let options = groups[key], let first = options.first else { continue }
            xml.element("series") { xml in
                xml.leaf("pe", key.month.spanText)
                xml.leaf("setlDate", Self.text(key.expiry))
                writeScanRate(first.2, of: contract, to: &xml)
                for (series, terms, array) in options {
                    xml.element("opt") { xml in
                        writeCode(series, to: &xml)
                        xml.leaf("o", terms.right == .call ? "C" : "P")
                        xml.leaf("k", terms.strike.description)
                        xml.leafIfAny("p", prices[series.code]?.description)
                        write(array, of: contract.combinedCommodity, to: &xml)
                    }
                }
            }
        }
    }

    /// The move of the price as money a contract.
    private func writeScanRate(_ array: PublishedRiskArray, of contract: Contract, to xml: inout XMLText) {
        guard let margin = margin(of: contract.combinedCommodity) else { return }
        let amount = SpanRanges.amount(array.priceScanRange, contract.contractValueFactor)
        xml.element("scanRate") { xml in
            xml.leaf("r", number(of: margin.scenarioSet))
            xml.leaf("priceScan", amount.text(decimals: amount.scale))
        }
    }

    /// The array with all its decimals: they say how many it has.
    private func write(_ array: PublishedRiskArray, of commodity: CombinedCommodityCode, to xml: inout XMLText) {
        guard let margin = margin(of: commodity) else { return }
        xml.element("ra") { xml in
            xml.leaf("r", number(of: margin.scenarioSet))
            for value in array.values {
                let exact = ExactDecimal(mantissa: Int128(value), scale: array.arrayDecimals)
                xml.leaf("a", exact.text(decimals: array.arrayDecimals))
            }
            xml.leaf("d", array.compositeDelta.text)
        }
    }

    /// `20190122`.
    static func text(_ date: BusinessDate) -> String { date.description.filter { $0 != "-" } }
}
