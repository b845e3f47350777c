import ClearingModel
import Pricing
import Quantities

extension GeneratedClearingHouse {
    /// Currencies, calendar, members, accounts, combined commodities, contracts and series.
    func writeReferenceData(_ folder: String) throws(GenerationError) {
        let currencies = try TableFile(.currency, in: folder)
        for code in InterestRates.codes { try currencies.row(code, code == "JPY" ? "0" : "2") }
        try currencies.close()
        try GeneratedCalendar.write(to: try TableFile(.calendarDate, in: folder))
        try membership.write(folder)
        try writeProducts(folder)
        try writeSeries(folder)
    }

    private func writeProducts(_ folder: String) throws(GenerationError) {
        let commodities = try TableFile(.combinedCommodity, in: folder)
        let contracts = try TableFile(.contract, in: folder)
        for market in markets {
            let product = market.product
            let name =
                product.isSynthetic ? "\(product.terms.name) \(product.variant + 1) (synthetic)" : product.terms.name
            try commodities.row(
                product.code, name, product.terms.currency, "\(product.family.isAdditive)", "\(product.isSynthetic)")
            try writeFuture(product, to: contracts)
            try writeOption(product, contract: product.optionContract, to: contracts)
            let hasWeeklies = product.variant == 0 && [.crude, .index, .bond].contains(product.family)
            if hasWeeklies { try writeOption(product, contract: product.weeklyContract, to: contracts) }
        }
        try commodities.close()
        try contracts.close()
    }

    private func writeFuture(_ product: Product, to file: TableFile) throws(GenerationError) {
        let terms = product.terms
        let standsOnSpot = product.family.standsOnSpot
        try file.row(
            product.futureContract, product.code, "future", "\(terms.contractValueFactor)", "1",
            decimalText(terms.tick, decimals: terms.decimals), standsOnSpot ? "cost_of_carry" : "linear", nil, nil, nil,
            nil, standsOnSpot ? product.carryRateCode : nil, nil)
    }

    private func writeOption(_ product: Product, contract: String, to file: TableFile) throws(GenerationError) {
        let terms = product.terms
        let family = product.family
        try file.row(
            contract, product.code, "option", "\(terms.contractValueFactor)", "1",
            decimalText(terms.optionTick, decimals: terms.decimals), nil, family.modelName,
            family.exercise == .european ? "european" : "american", family.style == .futures ? "futures" : "premium",
            family.hasAssignedVolatility ? "assigned" : "implied", terms.currency,
            family.model == .blackScholes ? product.carryRateCode : nil)
    }

    private func writeSeries(_ folder: String) throws(GenerationError) {
        let file = try TableFile(.series, in: folder)
        for series in listing.series {
            let product = markets[series.product].product
            file.plain(series.code)
            switch series.slot {
            case .future: file.plain(product.futureContract)
            case .option: file.plain(product.optionContract)
            case .weekly: file.plain(product.weeklyContract)
            }
            file.plain(series.month.description)
            file.plain(series.expiry.description)
            if let right = series.right {
                file.plain(right == .call ? "call" : "put")
                file.decimal(series.strike, decimals: product.terms.decimals)
            } else {
                file.empty()
                file.empty()
            }
            if let underlying = series.underlying {
                file.plain(listing.series[underlying].code)
            } else if product.family.standsOnSpot {
                file.plain(product.spotCode)
            } else {
                file.empty()
            }
            try file.endRow()
        }
        try file.close()
    }
}
