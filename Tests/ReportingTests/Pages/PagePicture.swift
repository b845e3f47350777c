import Foundation
import Quantities

/// What a browser says of a page: boxes in pixels of CSS, and the text that it shows.
struct PagePicture: Decodable {
    struct Box: Decodable {
        let left: Double
        let right: Double
        let top: Double
        let bottom: Double
    }

    /// A line of an axis with its figure, and the label that stands by it.
    struct Tick: Decodable {
        let value: Double
        let box: Box
    }

    /// A mark with the figures it is of: from one to another, or at one.
    struct Mark: Decodable {
        let kind: String
        let from: Double?
        let to: Double?
        let at: Double?
        /// On a chart of days, the day that it is of.
        let day: String?
        let box: Box
    }

    struct Drawing: Decodable {
        let id: String
        let box: Box
        let ticks: [Tick]
        let marks: [Mark]
        /// Texts that leave the drawing, and texts that lie on one another.
        let outside: [String]
        let overlapping: [String]
        /// Whether title and description are there and named as its label.
        let isDescribed: Bool
    }

    let scrollWidth: Double
    let clientWidth: Double
    /// Cells of tables whose content is wider than they are.
    let crowdedCells: [String]
    let text: String
    let drawings: [Drawing]
    /// What the page would load from elsewhere, and its scripts.
    let loads: [String]

    /// Asks the page in the frame, and puts the answer into the element `result`.
    static let probe = """
        addEventListener("load", () => {
          const page = document.getElementById("page").contentDocument, root = page.documentElement;
          const box = e => { const r = e.getBoundingClientRect();
            return {left: r.left, right: r.right, top: r.top, bottom: r.bottom}; };
          const number = (e, name) => e.hasAttribute(name) ? Number(e.getAttribute(name)) : null;
          const all = (e, what) => [...e.querySelectorAll(what)];
          const drawings = all(page, "svg").map(svg => {
            const frame = box(svg), texts = all(svg, "text").map(t => ({text: t.textContent, box: box(t)}));
            const outside = texts.filter(t => t.box.left < frame.left - 0.5 || t.box.right > frame.right + 0.5
              || t.box.top < frame.top - 0.5 || t.box.bottom > frame.bottom + 0.5).map(t => t.text);
            const overlapping = texts.flatMap((a, i) => texts.slice(i + 1).filter(b =>
              Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1
              && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 3
            ).map(b => a.text + " | " + b.text));
            const names = (svg.getAttribute("aria-labelledby") || "").split(" ");
            return {
              id: svg.id, box: frame, outside, overlapping,
              isDescribed: names.length == 2 && names.every(n => svg.querySelector("#" + n)?.textContent.length > 10),
              ticks: all(svg, "[data-tick]").map(e => ({value: number(e, "data-tick"), box: box(e)})),
              marks: all(svg, ".mark").map(e => ({kind: e.getAttribute("class"), from: number(e, "data-from"),
                to: number(e, "data-to"), at: number(e, "data-at"), day: e.getAttribute("data-day"), box: box(e)})),
            };
          });
          const answer = {
            scrollWidth: root.scrollWidth, clientWidth: root.clientWidth, text: page.body.innerText, drawings,
            crowdedCells: all(page, "td, th").filter(c => c.scrollWidth > c.clientWidth + 1).map(c => c.textContent),
            loads: all(page, "script, link, img, iframe, object, [src], [href]:not([href^='#'])")
              .map(e => e.outerHTML.slice(0, 80)),
          };
          const bytes = new TextEncoder().encode(JSON.stringify(answer));
          document.getElementById("result").textContent = btoa(Array.from(bytes, b => String.fromCharCode(b)).join(""));
        });
        """
}

extension PagePicture.Drawing {
    /// Marks that do not lie within a pixel of their figures by the axis' lines, and axes that point the wrong way.
    var misplaced: [String] {
        guard let first = ticks.first, let last = ticks.last, ticks.count > 1 else { return ["\(id) has no axis"] }
        let isUpright = abs(first.box.left - last.box.left) < 0.01
        func middle(_ box: PagePicture.Box) -> Double {
            isUpright ? -(box.top + box.bottom) / 2 : (box.left + box.right) / 2
        }
        let pixels = (middle(last.box) - middle(first.box)) / (last.value - first.value)
        func place(_ value: Double) -> Double { middle(first.box) + pixels * (value - first.value) }
        var faults = pixels > 0 ? [] : ["\(id): the axis points the wrong way"]
        for tick in ticks where abs(place(tick.value) - middle(tick.box)) > 0.5 {
            faults.append("\(id): the line of \(tick.value)")
        }
        for mark in marks {
            let (low, high) =
                isUpright ? (-mark.box.bottom, -mark.box.top) : (mark.box.left, mark.box.right)
            let pairs = [(mark.from, low), (mark.to, high), (mark.at, middle(mark.box))]
            for (value, found) in pairs {
                guard let value, abs(place(value) - found) > 1 else { continue }
                faults.append("\(id): \(mark.kind) of \(value) lies at \(found), not at \(place(value))")
            }
        }
        return faults + marksBesideTheirDays
    }

    /// Of a chart of days, marks that do not lie on the line between the first and the last of them within a pixel.
    private var marksBesideTheirDays: [String] {
        let marks = marks.compactMap { mark in
            mark.day.flatMap { BusinessDate($0) }.map { day in
                (day: Double(day.dayNumber), x: (mark.box.left + mark.box.right) / 2)
            }
        }
        guard let first = marks.min(by: { $0.day < $1.day }), let last = marks.max(by: { $0.day < $1.day }),
            first.day < last.day
        else { return [] }
        let pixels = (last.x - first.x) / (last.day - first.day)
        let wrong = marks.filter { abs(first.x + pixels * ($0.day - first.day) - $0.x) > 1 }
        return (pixels > 0 ? [] : ["\(id): days run backwards"])
            + wrong.map { "\(id): a mark of day \(Int($0.day)) lies at \($0.x)" }
    }
}

extension PagePicture {
    /// All that may not be seen on any page: what leaves its sheet or cell, is loaded, lies elsewhere than its figure,
    /// covers another text, or is not described.
    var faults: [String] {
        var faults = scrollWidth > clientWidth ? ["the page is \(scrollWidth) wide"] : []
        faults += crowdedCells.map { "the cell \($0) is crowded" } + loads.map { "\($0) is loaded" }
        for drawing in drawings {
            faults += drawing.misplaced + drawing.outside.map { "\(drawing.id): \($0) is outside" }
            faults += drawing.overlapping.map { "\(drawing.id): \($0) overlap" }
            if !drawing.isDescribed { faults.append("\(drawing.id) is not described") }
            if drawing.marks.isEmpty { faults.append("\(drawing.id) has no mark") }
        }
        return faults
    }
}
