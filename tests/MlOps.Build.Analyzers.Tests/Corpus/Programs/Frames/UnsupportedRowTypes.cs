using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Invoices
{
    public enum Country
    {
        At,
        Ch,
        De,
    }

    public class Invoice
    {
        public Guid Id { get; set; }
        public decimal Amount { get; set; }
        public int? DaysLate { get; set; }
        public Country Country { get; set; }
        public List<float> History { get; set; }
        public bool Paid { get; set; }
    }

    public class InvoiceRow
    {
        public float Amount { get; set; }
        public float DaysLate { get; set; }
        public string Country { get; set; }
        public bool Label { get; set; }
        [NoColumn] public Guid Id { get; set; }

        public static InvoiceRow Of(Invoice invoice) => new InvoiceRow
        {
            Id = invoice.Id,
            Amount = (float)invoice.Amount,
            DaysLate = invoice.DaysLate ?? float.NaN,
            Country = invoice.Country.ToString(),
            Label = invoice.Paid,
        };
    }

    public class InvoiceTraining
    {
        public IDataView Wrong(MLContext ml, IEnumerable<Invoice> invoices) => ml.Data.LoadFromEnumerable(invoices);

        public IDataView Right(MLContext ml, IEnumerable<Invoice> invoices) => ml.Data.LoadFromEnumerable(invoices.Select(InvoiceRow.Of));

        public IDataView Anonymous(MLContext ml, IEnumerable<Invoice> invoices) =>
            ml.Data.LoadFromEnumerable(invoices.Select(invoice => new { Amount = (float)invoice.Amount, invoice.Paid }));
    }
}
