extension RateTable {
    /// Reads a local file of rates, in one of two forms told apart by the first line.
    ///
    /// - `from,to,rate,date`: one pair per line, `USD,EUR,0.9250,2026-07-06`; all lines start from the same currency.
    /// - `Date,USD,JPY,…`: the ECB's historic file, base EUR; "N/A" is no rate, withdrawn currencies are passed over.
    ///
    /// Only the newest day's rates count, so that an old rate never passes for a new one. Blanks around values, empty
    /// lines, carriage returns and a byte order mark are passed over.
    ///
    /// - Throws: ``PricingError/ratesMalformed(origin:line:value:problem:)``.
    public init(csv text: String, fileName: String) throws(PricingError) {
        let origin = "file \(fileName)"
        let lines = CSVLine.lines(of: text)
        guard let header = lines.first else {
            throw .ratesMalformed(origin: origin, line: 1, value: "", problem: .empty)
        }
        let rows = Array(lines.dropFirst())
        switch header.values.first?.lowercased() {
        case "from" where header.values.map({ $0.lowercased() }) == ["from", "to", "rate", "date"]:
            try self.init(pairs: rows, origin: origin)
        case "date" where header.values.count > 1:
            try self.init(wide: rows, header: header, origin: origin)
        default:
            throw .ratesMalformed(origin: origin, line: header.number, value: header.text, problem: .header)
        }
    }

    private init(pairs rows: [CSVLine], origin: String) throws(PricingError) {
        var builders: [CalendarDate: RateTableBuilder] = [:]
        var base: Currency?
        for row in rows {
            var builder = RateTableBuilder(origin: origin)
            guard row.values.count == 4 else { throw builder.refusal(row.number, row.text, .columns) }
            guard let date = CalendarDate(row.values[3]) else {
                throw builder.refusal(row.number, row.values[3], .date)
            }
            builder = builders[date] ?? builder
            let from = try builder.currency(row.values[0], line: row.number)
            let to = try builder.currency(row.values[1], line: row.number)
            guard from == base ?? from else { throw builder.refusal(row.number, row.values[0], .otherBase) }
            base = from
            try builder.add(to, row.values[2], base: from, line: row.number)
            builders[date] = builder
        }
        guard let base, let newest = builders.max(by: { $0.key < $1.key }) else {
            throw .ratesMalformed(origin: origin, line: 1, value: "", problem: .empty)
        }
        try self.init(base: base, date: newest.key, origin: origin, rates: newest.value.rates(atLine: 1))
    }

    private init(wide rows: [CSVLine], header: CSVLine, origin: String) throws(PricingError) {
        var builder = RateTableBuilder(origin: origin)
        var newest: (date: CalendarDate, row: CSVLine)?
        var dates: Set<CalendarDate> = []
        for row in rows {
            guard row.values.count == header.values.count else {
                throw builder.refusal(row.number, row.text, .columns)
            }
            guard let date = CalendarDate(row.values[0]) else {
                throw builder.refusal(row.number, row.values[0], .date)
            }
            guard dates.insert(date).inserted else { throw builder.refusal(row.number, row.values[0], .duplicate) }
            if newest.map({ $0.date < date }) ?? true { newest = (date, row) }
        }
        guard let newest else { throw builder.refusal(header.number, "", .empty) }
        for (code, value) in zip(header.values, newest.row.values).dropFirst() where value != "N/A" {
            if code.isEmpty, value.isEmpty { continue }
            guard RateTable.looksLikeCode(code) else { throw builder.refusal(header.number, code, .currency) }
            guard let currency = Currency(code: code) else { continue }
            try builder.add(currency, value, base: .eur, line: newest.row.number)
        }
        try self.init(
            base: .eur,
            date: newest.date,
            origin: origin,
            rates: builder.rates(atLine: newest.row.number)
        )
    }

    /// Three capital letters, as of a currency that may have been withdrawn since.
    static func looksLikeCode(_ text: String) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
}

/// A line of a file of plain comma-separated values, without quotes, as rate files are.
private struct CSVLine {
    /// Counted from 1.
    let number: Int
    let text: String
    let values: [String]

    static func lines(of text: String) -> [CSVLine] {
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
            .map { offset, line in
                let values = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(trimmed)
                return CSVLine(number: offset + 1, text: trimmed(line), values: values)
            }
            .filter { !$0.text.isEmpty }
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        func isBlank(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
        }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
