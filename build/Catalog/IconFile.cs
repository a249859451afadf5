using System.Buffers.Binary;
using System.Text;

namespace MlOps.Build.Catalog;

/// <summary>The icon as a PNG of four colours: a tick on a rounded square. Not compressed, so that every runtime makes the same bytes.</summary>
public static class IconFile
{
    private static readonly byte[] Palette = [0, 0, 0, 0x1B, 0x5F, 0xC4, 0xFF, 0xFF, 0xFF, 0x9C, 0xC3, 0xF5];

    private static readonly (double X, double Y)[] Tick = [(0.25, 0.52), (0.43, 0.70), (0.76, 0.32)];

    /// <summary>The bytes of the icon with as many pixels a side.</summary>
    public static byte[] Of(int size)
    {
        using var png = new MemoryStream();
        png.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
        (header[8], header[9]) = (2, 3);
        Chunk(png, "IHDR", header);
        Chunk(png, "PLTE", Palette);
        Chunk(png, "tRNS", [0]);
        Chunk(png, "IDAT", Stored(Rows(size)));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>Rows of two bits a pixel, each after the byte that says it is not filtered.</summary>
    private static byte[] Rows(int size)
    {
        var stride = (size / 4) + 1;
        var rows = new byte[stride * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                rows[(y * stride) + 1 + (x / 4)] |= (byte)(Colour((x + 0.5) / size, (y + 0.5) / size) << (6 - (x % 4 * 2)));
            }
        }

        return rows;
    }

    private static int Colour(double x, double y)
        => Math.Min(Distance(x, y, Tick[0], Tick[1]), Distance(x, y, Tick[1], Tick[2])) is var line && line < 0.06 ? 2
            : !IsInside(x, y) ? 0
            : line < 0.085 ? 3
            : 1;

    private static bool IsInside(double x, double y)
    {
        const double Edge = 0.03;
        const double Corner = 0.2;
        var dx = Math.Max(0, Math.Abs(x - 0.5) - (0.5 - Edge - Corner));
        var dy = Math.Max(0, Math.Abs(y - 0.5) - (0.5 - Edge - Corner));
        return (dx * dx) + (dy * dy) <= Corner * Corner;
    }

    private static double Distance(double x, double y, (double X, double Y) from, (double X, double Y) to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var at = Math.Clamp((((x - from.X) * dx) + ((y - from.Y) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        return Math.Sqrt(Math.Pow(x - from.X - (at * dx), 2) + Math.Pow(y - from.Y - (at * dy), 2));
    }

    /// <summary>The format of zlib with one block that is stored as it is.</summary>
    private static byte[] Stored(byte[] data)
    {
        var block = new byte[data.Length + 11];
        (block[0], block[1], block[2]) = (0x78, 0x01, 1);
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(3), checked((ushort)data.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(block.AsSpan(5), (ushort)~data.Length);
        data.CopyTo(block, 7);
        var (a, b) = (1u, 0u);
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        BinaryPrimitives.WriteUInt32BigEndian(block.AsSpan(data.Length + 7), (b << 16) | a);
        return block;
    }

    private static void Chunk(MemoryStream png, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Checksum(body));
        png.Write(number);
    }

    private static uint Checksum(byte[] data)
    {
        var sum = uint.MaxValue;
        foreach (var value in data)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
            }
        }

        return ~sum;
    }
}
