import Quantities

extension GeneratedClearingHouse {
    /// Positions, trades and collateral, block by block; memory holds one block.
    func writeBook(_ folder: String) throws(GenerationError) {
        let files = try BookFiles(folder)
        let blockCount = max(1, size.accounts / TradingBlock.limit)
        var tradeNumber = 0
        for number in 0..<blockCount {
            let accounts = (number * size.accounts / blockCount)..<((number + 1) * size.accounts / blockCount)
            var block = TradingBlock(
                number: number, accounts: accounts, membership: membership, listing: listing, board: board, seed: seed)
            let share = Double(accounts.count) / Double(size.accounts)
            block.run(rows: Int((Double(size.positions) * share).rounded(.up)), date: dates.current)
            try writePositions(of: block, to: files)
            try writeTrades(of: block, number: &tradeNumber, to: files)
        }
        try files.close()
        try writeCollateralTerms(folder)
    }

    /// Both dates' positions; series that expire on the current date are not in its book. Then the collateral for them.
    private func writePositions(of block: TradingBlock, to files: BookFiles) throws(GenerationError) {
        let codes = accountCodes(of: block)
        var estimate = MarginEstimate(block, membership: membership)
        for (day, date) in dates.both.enumerated() {
            let dateText = date.description
            let book = day == 0 ? block.previous : block.current
            try book.forEachSorted { (holder, number, long, short) throws(GenerationError) in
                let series = listing.series[number]
                if series.expiry <= date { return }
                files.positions.plain(dateText)
                files.positions.plain("EOD")
                writeHolder(block.holders[holder], codes: codes, block: block, to: files.positions)
                files.positions.plain(series.code)
                files.positions.integer(long)
                files.positions.integer(short)
                try files.positions.endRow()
                if day == 1 { estimate.add(holder: holder, series: number, long: long, short: short) }
            }
        }
        estimate.finish()
        try writeCollateral(of: block, codes: codes, estimates: estimate.byAccount, to: files)
    }

    private func accountCodes(of block: TradingBlock) -> [String] { block.accounts.map { membership.account($0).code } }

    private func writeHolder(_ holder: Holder, codes: [String], block: TradingBlock, to file: TableFile) {
        file.plain(codes[holder.account - block.accounts.lowerBound])
        if holder.owner > 0 { file.plain(GeneratedAccount.owner(holder.owner)) } else { file.quoted("") }
    }

    private func writeTrades(of block: TradingBlock, number: inout Int, to files: BookFiles) throws(GenerationError) {
        let codes = accountCodes(of: block)
        let dateText = dates.current.description
        for (index, side) in block.trades.enumerated() {
            if index % 2 == 0 { number += 1 }
            let digits = String(number)
            let code = "T" + String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits
            files.trades.plain(dateText)
            files.trades.plain(code + (side.quantity > 0 ? "-B" : "-S"))
            writeHolder(block.holders[side.holder], codes: codes, block: block, to: files.trades)
            files.trades.plain(listing.series[side.series].code)
            files.trades.integer(side.quantity)
            files.trades.decimal(side.price, decimals: terms(of: side.series).decimals)
            try files.trades.endRow()
        }
    }

    private func writeCollateral(
        of block: TradingBlock, codes: [String], estimates: [Double], to files: BookFiles
    ) throws(GenerationError) {
        for (index, number) in block.accounts.enumerated() {
            let role = block.holders.first { $0.account == number }?.role ?? .ordinary
            let posting = CollateralPosting(
                membership.account(number), number: number, role: role, estimate: estimates[index])
            for date in dates.both {
                for (item, holding) in posting.items.enumerated() {
                    files.collateral.plain(date.description)
                    files.collateral.plain(codes[index])
                    files.collateral.plain("ITEM-\(item + 1)")
                    files.collateral.plain(holding.asset)
                    files.collateral.integer(holding.quantity)
                    try files.collateral.endRow()
                }
            }
        }
    }

    private func writeCollateralTerms(_ folder: String) throws(GenerationError) {
        let assets = try TableFile(.collateralAsset, in: folder)
        let prices = try TableFile(.collateralPrice, in: folder)
        for asset in CollateralAsset.all(membership) {
            try assets.row(asset.code, asset.currency, asset.issuer, asset.issuerGroup, asset.assetClass)
            for (day, date) in dates.both.enumerated() {
                try prices.row(date.description, asset.code, decimalText(rounding: asset.prices[day], decimals: 5))
            }
        }
        try assets.close()
        try prices.close()
        let owed = try TableFile(.variationMarginOwed, in: folder)
        try owed.row(dates.current.description, membership.account(0).code, "USD", "12500.00")
        try owed.close()
        try TableFile(.findingWaiver, in: folder).close()
    }
}

/// The files that grow block by block.
struct BookFiles {
    let positions: TableFile
    let trades: TableFile
    let collateral: TableFile

    init(_ folder: String) throws(GenerationError) {
        positions = try TableFile(.position, in: folder)
        trades = try TableFile(.trade, in: folder)
        collateral = try TableFile(.collateralHolding, in: folder)
    }

    func close() throws(GenerationError) {
        try positions.close()
        try trades.close()
        try collateral.close()
    }
}
