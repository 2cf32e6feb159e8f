import Pricing
import Testing

/// Short ways to write values in tables of arguments.
func money(_ text: String, _ currency: Currency) throws -> Money {
    try Money(parsing: text, as: currency)
}

func rate(_ text: String, _ from: Currency, _ to: Currency, on date: String = "2026-07-06") throws -> ExchangeRate {
    try ExchangeRate(
        from: from,
        to: to,
        numerator: ExactDecimal(parsing: text),
        date: day(date),
        origin: "table in settings"
    )
}

func day(_ text: String) throws -> CalendarDate {
    try #require(CalendarDate(text))
}

func percent(_ text: String) throws -> Percent {
    try Percent(parsing: text)
}

func code(_ text: String) throws -> Currency {
    try #require(Currency(code: text))
}

/// Part of the ECB's file of 2026-07-06.
let ecbDaily = """
    <?xml version="1.0" encoding="UTF-8"?>
    <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
    \t<gesmes:subject>Reference rates</gesmes:subject>
    \t<gesmes:Sender>
    \t\t<gesmes:name>European Central Bank</gesmes:name>
    \t</gesmes:Sender>
    \t<Cube>
    \t\t<Cube time='2026-07-06'>
    \t\t\t<Cube currency='USD' rate='1.1415'/>
    \t\t\t<Cube currency='JPY' rate='185.31'/>
    \t\t\t<Cube currency='GBP' rate='0.85538'/>
    \t\t</Cube>
    \t</Cube>
    </gesmes:Envelope>
    """
