import Quantities

/// Where the requirement comes from, and what is to come.
extension MemberPage {
    mutating func writeBuildUps(to html: inout HTMLWriter) {
        guard !content.buildUps.isEmpty else { return }
        html.element("h2", text: "Where the requirement comes from")
        html.newLine()
        PageDocument.say(
            "Blue adds, green saves. Alone is each position with nothing beside it; nothing below zero is option value "
                + "beyond the risk that it stands against, which counts for no other owner or currency.", to: &html)
        for buildUp in content.buildUps {
            let code = "\(buildUp.currency.code)"
            let steps = buildUp.steps.map { step in
                WaterfallChart.Step(step.rawValue, buildUp.amount(step), anchor: step.anchor)
            }
            WaterfallChart(
                id: "requirement-\(code)", title: "The requirement in \(code), step by step",
                description: "A bar a step: what every position would cost alone, what netting and offsets save, what "
                    + "is added, and the requirement that is left. The table below has the figures.",
                steps: steps + [.init("requirement", buildUp.requirement, anchor: "build-up-sum", isSum: true)]
            ).draw(into: &html)
        }
        var table = PageTable(
            "All accounts together, by margin currency; − saves",
            [.words("Step")] + content.buildUps.map { .figures("\($0.currency.code)") })
        let present = PageBuildUp.Step.allCases.filter { step in
            content.buildUps.contains { $0.steps.contains(step) }
        }
        for step in present {
            table.add([[step.rawValue]] + content.buildUps.map { [$0.amount(step).digits] }, anchor: step.anchor)
        }
        table.add(
            [["requirement"]] + content.buildUps.map { [$0.requirement.digits] }, isMarked: true,
            anchor: "build-up-sum")
        write(table, to: &html)
    }

    mutating func writeAddOns(to html: inout HTMLWriter) {
        guard !content.addOns.isEmpty else { return }
        html.element("h2", text: "Add-ons")
        html.newLine()
        write(content.addOns.table(of: "All accounts together"), to: &html)
    }

    mutating func writeTomorrow(to html: inout HTMLWriter) {
        guard let tomorrow = content.tomorrow else { return }
        html.element("h2", text: "Tomorrow, if nothing moves")
        html.newLine()
        PageDocument.say(
            "The night of \(tomorrow.date) under parameter set \(tomorrow.parameterSet) with tonight’s positions, "
                + "prices and collateral: what expires is gone, what matures no longer counts. Nothing of tonight’s "
                + "calls is taken to be met: what is paid of them is not called again.", to: &html)
        var table = PageTable(
            "Margin is requirement and add-ons, in the call currency of the account",
            [
                .words("Account"), .words("Currency"), .figures("Margin"), .figures("Change"), .figures("Unpaid"),
                .figures("Collateral"), .figures("Call"), .figures("Return"), .words("Due"),
            ])
        for account in tomorrow.accounts {
            let rest = [
                account.unpaidVariationMargin, account.collateralValue, account.callAmount, account.returnAmount,
            ]
            table.add(
                [
                    [account.account], ["\(account.margin.currency.code)"], [account.margin.digits],
                    [account.tonightMargin.map { (account.margin - $0).digits } ?? "–"],
                ] + rest.map { [$0.digits] } + [["\(account.dueDate)"]], isMarked: account.callAmount.minorUnits > 0)
        }
        write(table, to: &html)
    }

    mutating func writeNights(to html: inout HTMLWriter) {
        guard content.nights.contains(where: { $0.nights.count > 1 }) else { return }
        html.element("h2", text: "The nights up to this one")
        html.newLine()
        for nights in content.nights { NightsChart(nights).draw(into: &html) }
        html.element("div", ["class": "pair"]) { html in
            for table in content.nights.tables(of: "all accounts together") { write(table, to: &html) }
        }
    }

    mutating func writePositions(to html: inout HTMLWriter) {
        guard !content.positions.isEmpty else { return }
        html.element("h2", text: "The positions that matter")
        html.newLine()
        let rest = content.positionCount - content.positions.count
        PageDocument.say(
            "By what each would cost with nothing beside it"
                + (rest > 0 ? "; \(rest) more positions cost less." : "."), to: &html)
        var table = PageTable(
            "Contracts, and scanning risk alone in the margin currency",
            [
                .words("Series"), .words("Account"), .figures("Long"), .figures("Short"), .figures("Alone"),
                .words("Currency"),
            ])
        for position in content.positions {
            let holder = position.owner.isEmpty ? position.account : "\(position.account) \(position.owner)"
            table.add([
                [position.series], [holder], ["\(position.long)"], ["\(position.short)"], [position.alone.digits],
                ["\(position.alone.currency.code)"],
            ])
        }
        write(table, to: &html)
    }

    mutating func writeTouches(to html: inout HTMLWriter) {
        html.element("h2", text: "What touches these figures")
        html.newLine()
        if content.findings.isEmpty, content.corrections.isEmpty {
            PageDocument.say("No finding, correction or override touches them.", to: &html)
        }
        if !content.findings.isEmpty {
            write(content.findings.table(of: "Findings about what the member has and holds"), to: &html)
        }
        if !content.corrections.isEmpty {
            var table = PageTable(
                "Corrections and overrides",
                [
                    .figures("No."), .words("Kind"), .words("Where"), .words("Before"), .words("After"),
                    .words("Reason"),
                ])
            for correction in content.corrections {
                table.add([
                    ["\(correction.number)"], [correction.kind], [correction.place], [correction.before],
                    [correction.after], [correction.reason],
                ])
            }
            write(table, to: &html)
        }
    }
}

extension PageBuildUp.Step {
    /// What links to its row.
    var anchor: String { "build-up-\((Self.allCases.firstIndex(of: self) ?? 0) + 1)" }
}
